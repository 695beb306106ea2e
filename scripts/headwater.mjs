#!/usr/bin/env node
// Runs the command line: its built bundle, or its sources where they are newer or nothing is built.
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
const entry = isFresh(bundle)
  ? ['--enable-source-maps', bundle]
  : ['--conditions=react-server', `--import=${pathToFileURL(loader).href}`, path.join(home, 'ingest', 'cli', 'main.ts')];
const { status, signal, error } = spawnSync(process.execPath, [...entry, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, HEADWATER_HOME: home, TSX_TSCONFIG_PATH: path.join(home, 'tsconfig.json') },
});
if (error) throw error;
if (signal) process.kill(process.pid, signal);
process.exit(status ?? 1);

/** Whether the bundle is younger than every source that it is made of. */
function isFresh(file) {
  const built = fs.statSync(file, { throwIfNoEntry: false });
  return built !== undefined && ['domain', 'ingest', 'server'].every((folder) => newestMs(path.join(home, folder)) < built.mtimeMs);
}

function newestMs(folder) {
  let newest = 0;
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) newest = Math.max(newest, newestMs(at));
    else if (!/\.test\.ts$/.test(entry.name)) newest = Math.max(newest, fs.statSync(at).mtimeMs);
  }
  return newest;
}
