// Everything that must hold before a change lands, on a machine with nothing but Node: lint, types, unit and property tests,
// server tests on a real PostgreSQL, end-to-end tests in a real browser against the whole product. Ends with one line of counts.
//   npm test                   all of it
//   npm test -- --only unit    one part: lint, types, unit, e2e
//   HEADWATER_E2E_ONLY=shell npm test -- --only e2e    of the journeys, those in files named so; several with a space between
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from './build.mjs';
import { checkNode, ensureChromium, ensureInstalled, freePort } from './prerequisites.mjs';
import { step } from './say.mjs';

const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : null;
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'headwater-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };
// The database server's unprivileged account must be able to pass through.
fs.chmodSync(scratch, 0o755);

try {
  checkNode();
  await ensureInstalled();
  await build({ console: false });
  for (const [name, part] of [
    ['lint', lint],
    ['types', types],
    ['unit', unit],
    ['e2e', endToEnd],
  ]) {
    if (only && only !== name) continue;
    step(`— ${name}`);
    await part();
  }
} catch (error) {
  total.failed++;
  process.stderr.write(`${error?.message ?? error}\n`);
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
if (process.env.HEADWATER_TEST_SUMMARY) fs.writeFileSync(process.env.HEADWATER_TEST_SUMMARY, JSON.stringify(total));
if (total.skipped) console.log(`${total.skipped} skipped: what they need is not on this machine`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed || total.passed === 0 ? 1 : 0);

function bin(name, ...args) {
  return [process.execPath, [path.join('node_modules', name), ...args]];
}

/** Runs a tool with its output shown; resolves to its exit code. */
function run([command, args], env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
    });
    child.once('error', reject).once('exit', (code) => resolve(code ?? 1));
  });
}

function count(code) {
  if (code === 0) total.passed++;
  else total.failed++;
}

async function lint() {
  count(await run(bin('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.')));
}

async function types() {
  await run(bin('next/dist/bin/next', 'typegen'));
  count(await run(bin('typescript/bin/tsc', '--noEmit')));
}

async function unit() {
  const report = path.join(scratch, 'unit.json');
  const code = await run(bin('vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`));
  if (!fs.existsSync(report)) throw new Error('the unit tests wrote no report');
  const result = JSON.parse(fs.readFileSync(report, 'utf8'));
  total.passed += result.numPassedTests;
  total.skipped += result.numPendingTests + (result.numTodoTests ?? 0);
  // A file that cannot be loaded has no tests to fail, yet it is no pass.
  total.failed += Math.max(result.numFailedTests, code === 0 ? 0 : 1);
}

async function endToEnd() {
  const chromium = await ensureChromium();
  await build();
  const [port, gatewayPort] = [await freePort(), await freePort()];
  const url = `http://localhost:${port}`;
  const stack = spawn(process.execPath, ['scripts/start.mjs'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...(process.env.DATABASE_URL ? { DATABASE_URL: await emptyDatabase(process.env.DATABASE_URL) } : {}),
      PORT: String(port),
      HEADWATER_GATEWAY_PORT: String(gatewayPort),
      HEADWATER_DATA: path.join(scratch, 'stack'),
      SIM_DAYS: '3',
      SIM_RATE: '0.6',
    },
  });
  try {
    await untilReady(stack);
    const report = path.join(scratch, 'e2e.json');
    const chosen = (process.env.HEADWATER_E2E_ONLY ?? '').split(' ').filter(Boolean);
    const code = await run(bin('@playwright/test/cli.js', 'test', '--reporter=list,json', ...chosen), {
      HEADWATER_E2E_URL: url,
      HEADWATER_E2E_GATEWAY_URL: `http://127.0.0.1:${gatewayPort}`,
      // What the starter says of itself: some journeys plant rows of their own.
      DATABASE_URL: JSON.parse(fs.readFileSync(path.join(scratch, 'stack', 'run.json'), 'utf8')).databaseUrl,
      HEADWATER_CHROMIUM: chromium,
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    });
    const { stats } = JSON.parse(fs.readFileSync(report, 'utf8'));
    total.passed += stats.expected + stats.flaky;
    total.skipped += stats.skipped;
    total.failed += Math.max(stats.unexpected, code === 0 ? 0 : 1);
  } finally {
    stack.kill('SIGTERM');
    await new Promise((resolve) => (stack.exitCode === null ? stack.once('exit', resolve) : resolve()));
  }
}

/** Resolves when the starter has said that history is there and the console answers. */
function untilReady(stack) {
  return new Promise((resolve, reject) => {
    let ready = false;
    let filled = false;
    const look = (part) => {
      process.stdout.write(part);
      ready ||= /\bReady\b/.test(part);
      filled ||= /back-fill done/.test(part);
      if (ready && filled) resolve();
    };
    stack.stdout.on('data', (part) => look(String(part)));
    stack.stderr.on('data', (part) => process.stderr.write(part));
    stack.once('exit', (code) => reject(new Error(`the product under test ended with code ${code}`)));
    setTimeout(() => reject(new Error('the product under test was not ready within five minutes')), 300_000).unref();
  });
}

/** A database of the run's own on the given server, so that what is there is left alone. */
async function emptyDatabase(server) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  const name = `headwater_e2e_${process.pid}`;
  await client.query(`drop database if exists ${name} with (force)`);
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
