import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const FOLLOW = pathToFileURL(path.resolve('scripts/follow-parent.mjs')).href;

/** Writes its log to whoever started it, as all processes do; says more of it on its way out than anybody reads. */
const FOLLOWER = `
  import pino from 'pino';
  const log = pino();
  setInterval(() => log.warn('still here'), 1);
  process.on('SIGTERM', () => { for (let i = 0; i < 1000; i++) log.warn('database connection lost'); process.exit(0); });
  log.info('follows');`;

/** Starts the follower as scripts/start.mjs does, and says its process id once it runs. */
const STARTER = `
  import { spawn } from 'node:child_process';
  const child = spawn(process.execPath, ['--import=${FOLLOW}', '--input-type=module', '-e', process.env.FOLLOWER], {
    env: { ...process.env, HEADWATER_STARTER_PID: String(process.pid) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  child.stdout.once('data', () => process.stdout.write(String(child.pid)));
  child.stdout.resume();`;

test('what the starter started is gone soon after the starter, however that went and whatever it still had to say', async () => {
  const starter: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', STARTER], {
    env: { ...process.env, FOLLOWER },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(starter.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  const pid = Number(said);
  expect(runs(pid)).toBe(true);
  starter.kill('SIGKILL');
  try {
    await expect.poll(() => runs(pid), { timeout: 15_000, interval: 100 }).toBe(false);
  } finally {
    if (runs(pid)) process.kill(pid, 'SIGKILL');
  }
}, 30_000);

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
