import { spawn } from 'node:child_process';

/** Runs the command this process was given behind its own name, with `env` added; resolves to its exit code. */
export function runWith(env) {
  const [command, ...args] = process.argv.slice(2);
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  // The command ends first; this process has something left to stop after it.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => child.once('error', reject).once('exit', (code) => resolve(code ?? 1)));
}
