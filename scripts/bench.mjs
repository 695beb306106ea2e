#!/usr/bin/env node
// npm run bench -- vitals: what the screens cost a browser.
// npm run bench -- [name…] [--rows N] [--seconds N] [--rate N]: runs benchmarks on a PostgreSQL of their own, which is removed afterwards.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

// What a reader's browser measures wants the whole product and no database of the benchmarks' own: a program by itself.
const args = process.argv.slice(2);
const entry = args[0] === 'vitals' ? 'bench/vitals.ts' : 'bench/main.ts';
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=react-server', entry, ...args], {
  cwd: root,
  stdio: 'inherit',
});
// The benchmark cleans up, and its end is ours. Ctrl-C reaches the whole group by itself.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
