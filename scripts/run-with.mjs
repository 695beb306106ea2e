import { spawn } from 'node:child_process';

/** Runs the command this process was given behind its own name, with `env` added; resolves to its exit code. */
export function runWith(env) {
  const [command, ...args] = process.argv.slice(2);
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  return new Promise((resolve, reject) => child.once('error', reject).once('exit', (code) => resolve(code ?? 1)));
}
