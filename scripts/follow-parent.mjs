import fs from 'node:fs';
import os from 'node:os';

// Preloaded into every process the starter makes: when the starter is gone, however it went, so is this process. What such a process
// starts itself inherits the preload, and is its own affair: `next dev` talks to its server over a channel like this one.
if (process.channel && process.ppid === Number(process.env.HEADWATER_STARTER_PID)) {
  process.channel.unref();
  process.on('disconnect', () => {
    // Whoever read the log is gone, too. A logger that must write its last lines before the process ends would try for ever; the lowest
    // free descriptor is taken, so each comes to stand where the pipe was.
    for (const fd of [1, 2]) {
      fs.closeSync(fd);
      fs.openSync(os.devNull, 'w');
    }
    // A signal first, so that the process can drain; then by force.
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(0), 8_000).unref();
  });
}
