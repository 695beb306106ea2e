// Preloaded into every process the starter makes: when the starter is gone, however it went, so is this process. What such a process
// starts itself inherits the preload, and is its own affair: `next dev` talks to its server over a channel like this one.
if (process.channel && process.ppid === Number(process.env.HEADWATER_STARTER_PID)) {
  process.channel.unref();
  process.on('disconnect', () => {
    // A signal first, so that the process can drain; then by force.
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(0), 8_000).unref();
  });
}
