// Stops the embedded PostgreSQL when the starter has gone without doing so itself (kill -9, a closed terminal).
// Detached from the starter; its standard input is the starter's end of a pipe, which the kernel closes with the starter.
import { spawnSync } from 'node:child_process';

const [, , pgCtl, dataFolder, uid, gid] = process.argv;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
process.stdin.resume();
process.stdin.on('error', () => {});
process.stdin.on('close', () => {
  // The other processes hear of it at the same moment and close their connections; "fast" cuts what is left.
  const as = uid ? { uid: Number(uid), gid: Number(gid) } : {};
  spawnSync(pgCtl, ['-D', dataFolder, '-m', 'fast', '-w', 'stop'], { ...as, cwd: '/', stdio: 'ignore' });
  process.exit(0);
});
