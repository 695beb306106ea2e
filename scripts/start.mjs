// One command: packages → build → database → migrations → gateway, monitor, detector, console and, in demo mode, the simulator.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { holdFolder } from './one-start.mjs';
import { checkDatabase, checkDisk, checkNode, checkPort, ensureInstalled } from './prerequisites.mjs';
import { giveUp, Refusal, step } from './say.mjs';

const flags = new Set(process.argv.slice(2));
const home = path.resolve(process.env.HEADWATER_DATA ?? '.data');
const production = process.env.HEADWATER_MODE === 'production';
const port = Number(process.env.PORT ?? 3000);
const gatewayPort = Number(process.env.HEADWATER_GATEWAY_PORT ?? 7070);
// The demo's password is published: nobody but this machine is let in unless somebody asks for it.
const host = process.env.HOST ?? (production ? '0.0.0.0' : '127.0.0.1');
const url = process.env.HEADWATER_URL ?? `http://localhost:${port}`;
const gatewayUrl = `http://127.0.0.1:${gatewayPort}`;
const runFile = path.join(home, 'run.json');

/** The gateway is held to 300 MB: a small young generation, and an old one that leaves room for buffers and code. */
const GATEWAY_FLAGS = ['--max-semi-space-size=16', '--max-old-space-size=144'];

/** In order of launch. */
const children = [];
let database = null;
let guard = null;
let stopping = false;
let letGo = null;

try {
  checkNode();
  if (production && Number(process.versions.node.split('.')[0]) < 22)
    process.stderr.write('Warning: Node 20 has had no security fixes since 2026-04-30. Use Node 24 in production.\n');
  checkDisk(home);
  letGo = holdFolder(home, { url });
  await checkPort(port, 'PORT');
  await checkPort(gatewayPort, 'HEADWATER_GATEWAY_PORT');
  if (production && !process.env.DATABASE_URL)
    throw new Refusal('Production mode needs a PostgreSQL of yours: set DATABASE_URL. The embedded one is for trying out.');
  await ensureInstalled();
  const { build } = await import('./build.mjs');
  await build({ console: !flags.has('--dev') });
  await start();
} catch (error) {
  await stopAll();
  giveUp(error);
}

async function start() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => leave(0));
  const { secrets } = await import('./secrets.mjs');
  const { migrate } = await import('./migrate.mjs');
  const env = { ...secrets({ home, production }), ...(await openDatabase()) };
  const applied = await migrate(env.DATABASE_URL);
  step(applied.length ? `Database ready, ${applied.length} migration${applied.length > 1 ? 's' : ''} applied` : 'Database ready');

  const shared = {
    ...env,
    NODE_ENV: flags.has('--dev') ? 'development' : 'production',
    HEADWATER_DATA: home,
    HEADWATER_MODE: production ? 'production' : 'demo',
    HEADWATER_GATEWAY_PORT: String(gatewayPort),
    HEADWATER_GATEWAY_URL: process.env.HEADWATER_GATEWAY_URL ?? gatewayUrl,
    HEADWATER_SIM_KEYS: path.join(home, 'simulator-keys.json'),
    NEXTAUTH_URL: process.env.NEXTAUTH_URL ?? url,
    NEXT_TELEMETRY_DISABLED: '1',
  };
  fs.writeFileSync(
    runFile,
    JSON.stringify({
      pid: process.pid,
      url,
      databaseUrl: env.DATABASE_URL,
      accountKey: env.HEADWATER_ACCOUNT_KEY,
      receiptKey: env.HEADWATER_RECEIPT_KEY,
      gatewayUrl: shared.HEADWATER_GATEWAY_URL,
    }),
    { mode: 0o600 },
  );
  const users = production ? null : await setUpDemo(shared);
  const simulate = !production && process.env.HEADWATER_SIMULATE !== 'no';

  launch('gateway', [...GATEWAY_FLAGS, '.headwater/gateway.mjs'], { ...shared, ...(database ? { HEADWATER_DISK_PATH: home } : {}) });
  launch('monitor', ['.headwater/monitor.mjs'], shared);
  launch('prober', ['.headwater/prober.mjs'], shared);
  launch('detector', ['.headwater/detector.mjs'], shared);
  const next = flags.has('--dev') ? 'dev' : 'start';
  launch('console', ['node_modules/next/dist/bin/next', next, '-p', String(port), '-H', host], {
    ...shared,
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import=${new URL('./follow-parent.mjs', import.meta.url).href}`.trim(),
  });
  await untilAnswers(`${gatewayUrl}/livez`, 'gateway');
  if (simulate) launch('simulator', ['.headwater/simulator.mjs'], shared);
  await untilAnswers(`http://127.0.0.1:${port}/api/health/livez`, 'console');
  if (stopping) return;
  step('Ready');
  welcome(users);
}

async function openDatabase() {
  if (process.env.DATABASE_URL) {
    await checkDatabase(process.env.DATABASE_URL);
    step(`Using the database at ${new URL(process.env.DATABASE_URL).host}`);
    return { DATABASE_URL: process.env.DATABASE_URL };
  }
  const { startEmbeddedPg } = await import('./embedded-postgres.mjs');
  const made = () => step('Made a new PostgreSQL data folder');
  database = await startEmbeddedPg({ home, log: made, beforeStart: guardDatabase }).catch((error) => {
    throw new Refusal(
      `The embedded PostgreSQL did not start: ${error.message}\nUse a server of yours instead: DATABASE_URL=postgresql://… npm start`,
    );
  });
  if (!flags.has('--reset')) return { DATABASE_URL: database.url };
  step('Emptying the demo database');
  const { default: pg } = await import('pg');
  const admin = new URL(database.url);
  admin.pathname = '/postgres';
  const client = new pg.Client({ connectionString: admin.href });
  await client.connect();
  await client.query('drop database headwater with (force)');
  await client.query('create database headwater');
  await client.end();
  fs.rmSync(path.join(home, 'simulator.json'), { force: true });
  return { DATABASE_URL: database.url };
}

/** From before the server starts, so that there is no moment in which it could outlive this process. */
function guardDatabase(args) {
  guard = spawn(process.execPath, ['scripts/guard-database.mjs', ...args], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  guard.unref();
  guard.stdin.unref();
}

/** Registers the made-up country and the demo's people; returns the people's logins. */
async function setUpDemo(env) {
  const child = spawn(process.execPath, ['.headwater/demo-setup.mjs'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (part) => (text += part));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Refusal('The demo country could not be registered.');
  return JSON.parse(text);
}

function launch(name, args, env) {
  // What is launched after the others were told to stop would be told nothing.
  if (stopping) return;
  const preload = name === 'console' ? [] : ['--enable-source-maps', `--import=${new URL('./follow-parent.mjs', import.meta.url).href}`];
  const child = spawn(process.execPath, [...preload, ...args], {
    env: { ...process.env, ...env, HEADWATER_STARTER_PID: String(process.pid) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  children.push({ name, child });
  const log = fs.createWriteStream(path.join(home, `${name}.log`), { flags: 'w' });
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  if (name === 'simulator') relayProgress(child.stdout);
  child.once('exit', (code, signal) => {
    if (stopping) return;
    process.stderr.write(`\nThe ${name} ended unexpectedly (${signal ?? `code ${code}`}). Its log: ${path.join(home, `${name}.log`)}\n`);
    const tail = fs
      .readFileSync(path.join(home, `${name}.log`), 'utf8')
      .trim()
      .split('\n')
      .slice(-8)
      .join('\n');
    if (tail) process.stderr.write(`${tail}\n`);
    leave(1);
  });
}

// The simulator says how far the back-fill is, a line at a time; lines that start with "{" are its log.
function relayProgress(stream) {
  stream.on('data', (part) => {
    for (const line of String(part).split('\n')) if (line && !line.startsWith('{')) step(line);
  });
}

async function untilAnswers(at, name) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (stopping) return;
    try {
      if ((await fetch(at)).ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Refusal(`The ${name} did not answer at ${at} within a minute. Its log: ${path.join(home, `${name}.log`)}`);
}

function welcome(users) {
  const lines = ['', `  Headwater (源流)   ${url}`];
  if (users)
    lines.push(
      `  Sign in as         ${users.logins.join(' · ')}`,
      `  Password           ${users.password}`,
      '  The data is simulated. Ctrl-C stops everything.',
    );
  lines.push(`  Feed               ${gatewayUrl}   (API: ${gatewayUrl}/openapi.json)`, '');
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function leave(code) {
  if (stopping) return;
  stopping = true;
  step('Stopping');
  await stopAll();
  process.exit(code);
}

async function stopAll() {
  stopping = true;
  for (const { child } of [...children].reverse()) if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  await Promise.all(
    children.map(({ child }) => {
      if (child.exitCode !== null || child.signalCode !== null) return null;
      const force = setTimeout(() => child.kill('SIGKILL'), 20_000);
      return new Promise((resolve) => child.once('exit', resolve)).finally(() => clearTimeout(force));
    }),
  );
  if (database) {
    database.stop();
    // Without a server to stop the guard is of no use; before there is one it stops whatever was started.
    guard?.kill('SIGKILL');
  }
  if (!letGo) return;
  fs.rmSync(runFile, { force: true });
  letGo();
}
