#!/usr/bin/env node
// Runs the command line: its built bundle where there is one, else its sources.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const home = path.resolve(path.dirname(fs.realpathSync(fileURLToPath(import.meta.url))), '..');
const bundle = path.join(home, '.headwater', 'cli.mjs');
const loader = path.join(home, 'node_modules', 'tsx', 'dist', 'loader.mjs');

if (!fs.existsSync(loader)) {
  process.stderr.write('The packages are not installed yet: run "npm start" or "npm ci" in the project folder once.\n');
  process.exit(1);
}
const entry = fs.existsSync(bundle)
  ? ['--enable-source-maps', bundle]
  : ['--conditions=react-server', `--import=${pathToFileURL(loader).href}`, path.join(home, 'ingest', 'cli', 'main.ts')];
const { status, signal, error } = spawnSync(process.execPath, [...entry, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, HEADWATER_HOME: home, TSX_TSCONFIG_PATH: path.join(home, 'tsconfig.json') },
});
if (error) throw error;
if (signal) process.kill(process.pid, signal);
process.exit(status ?? 1);
