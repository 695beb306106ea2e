// Everything that must hold before anything is started; each failure is one sentence that says what to do.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { Refusal, step } from './say.mjs';

const MIN_NODE = [20, 19];
const MIN_FREE_BYTES = 1_500_000_000;
const MIN_POSTGRES = 150000;

export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major < MIN_NODE[0] || (major === MIN_NODE[0] && minor < MIN_NODE[1]))
    throw new Refusal(`Headwater needs Node ${MIN_NODE.join('.')} or newer, and this is Node ${version}. Node 24 is recommended.`);
}

export function checkDisk(folder, floor = MIN_FREE_BYTES) {
  let at = path.resolve(folder);
  while (!fs.existsSync(at)) at = path.dirname(at);
  const { bavail, bsize } = fs.statfsSync(at);
  const free = bavail * bsize;
  if (free < floor)
    throw new Refusal(
      `Too little disk: ${Math.floor(free / 1e6)} MB are free below ${at}, and ${Math.ceil(floor / 1e6)} MB are needed. Free some space or set HEADWATER_DATA to another folder.`,
    );
}

/** Refuses when something else listens on the port. `variable` is the setting that would change it. */
export async function checkPort(port, variable) {
  const taken = await new Promise((resolve) => {
    const socket = net.connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
    setTimeout(() => socket.end(), 300);
  });
  if (taken)
    throw new Refusal(`Port ${port} is taken by another program. Stop it, or choose another port: ${variable}=${port + 1} npm start`);
}

export const freePort = () =>
  new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Refuses a database that cannot be reached, cannot be logged in to, or is older than PostgreSQL 15. */
export async function checkDatabase(url) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  const { host } = new URL(url);
  try {
    await client.connect();
    const { rows } = await client.query(
      `select current_setting('server_version_num')::int as version, current_setting('server_version') as name`,
    );
    if (rows[0].version < MIN_POSTGRES)
      throw new Refusal(`The database at ${host} is PostgreSQL ${rows[0].name}; Headwater needs 15 or newer.`);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(`The database at ${host} (DATABASE_URL) cannot be used: ${error.message || error.code}.`);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Installs the packages when they are missing or the lock file has changed since. */
export async function ensureInstalled() {
  const lock = createHash('sha256').update(fs.readFileSync('package-lock.json')).digest('hex');
  const mark = 'node_modules/.headwater-lock';
  if (fs.existsSync(mark) && fs.readFileSync(mark, 'utf8') === lock) return;
  if (fs.existsSync('node_modules/.package-lock.json') && !fs.existsSync(mark) && installedMatches()) {
    fs.writeFileSync(mark, lock);
    return;
  }
  step('Installing packages (once; about a minute)');
  await runStep(
    'npm',
    ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
    'The packages could not be installed. Is the npm registry reachable?',
  );
  fs.writeFileSync(mark, lock);
}

// `npm ci` or `npm install` by hand leaves a record of what it put there.
function installedMatches() {
  const wanted = JSON.parse(fs.readFileSync('package-lock.json', 'utf8')).packages;
  const present = JSON.parse(fs.readFileSync('node_modules/.package-lock.json', 'utf8')).packages;
  return Object.entries(present).every(([at, entry]) => wanted[at]?.version === entry.version);
}

/** Runs a tool; its output is shown only when it fails (or always with HEADWATER_VERBOSE). */
export function runStep(command, args, failure, env = {}) {
  const verbose = Boolean(process.env.HEADWATER_VERBOSE);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', verbose ? 'inherit' : 'pipe', verbose ? 'inherit' : 'pipe'],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout?.on('data', (text) => (output += text));
    child.stderr?.on('data', (text) => (output += text));
    child.once('error', (error) => reject(new Refusal(`${failure} (${error.message})`)));
    child.once('exit', (code) => {
      if (code === 0) return resolve(output);
      process.stderr.write(output.slice(-6_000));
      reject(new Refusal(failure));
    });
  });
}

/** Where a Chromium for tests is, installing the distribution's where that is possible. */
export async function ensureChromium() {
  const known = [process.env.HEADWATER_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  known.push('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium');
  const found = () => known.find((at) => at && fs.existsSync(at));
  if (!found() && process.platform === 'linux' && process.getuid?.() === 0 && hasCommand('apt-get')) {
    step('Installing Chromium and a Chinese font from the distribution (once)');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await runStep('apt-get', ['update', '-qq'], 'apt-get update failed.', env);
    await runStep('apt-get', ['install', '-y', '-qq', 'chromium', 'fonts-noto-cjk'], 'Chromium could not be installed with apt-get.', env);
  }
  const at = found();
  if (!at) throw new Refusal('The browser tests need Chromium: install it, or name one with HEADWATER_CHROMIUM=/path/to/chromium.');
  return at;
}

function hasCommand(name) {
  try {
    execFileSync('which', [name], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
