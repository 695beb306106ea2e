// Preloaded into every process the starter makes: when the starter is gone, however it went, so is this process.
if (process.channel) {
  process.channel.unref();
  process.on('disconnect', () => {
    // A signal first, so that the process can drain; then by force.
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(0), 8_000).unref();
  });
}
