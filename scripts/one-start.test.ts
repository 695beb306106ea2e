import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const module = path.resolve('scripts/one-start.mjs');
let home: string;
beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'headwater-one-'));
});
afterEach(() => fs.rmSync(home, { recursive: true, force: true }));

/** A process that takes the folder as a start does, says so, and holds it until its input ends. */
const script = () => {
  const at = path.join(home, 'start.mjs');
  fs.writeFileSync(
    at,
    `import { holdFolder } from ${JSON.stringify(module)};
     const letGo = holdFolder(${JSON.stringify(home)}, { url: 'http://localhost:1' });
     process.stdout.write('held');
     process.stdin.resume().on('end', () => { letGo(); process.exit(0); });`,
  );
  return at;
};

test('of many starts at once one holds the folder, and the others are told who', async () => {
  const at = script();
  const starts = Array.from({ length: 6 }, () => spawn(process.execPath, [at], { stdio: ['pipe', 'pipe', 'pipe'] }));
  const told = starts.map((start) => {
    let said = '';
    start.stderr.on('data', (part) => {
      said += part;
    });
    return () => said;
  });
  const ends = starts.map((start) =>
    Promise.race([once(start.stdout, 'data').then(() => 'held'), once(start, 'close').then(() => 'refused')]),
  );
  const outcomes = await Promise.all(ends);
  expect(outcomes.filter((outcome) => outcome === 'held')).toHaveLength(1);
  const holder = starts[outcomes.indexOf('held')];
  for (const [i, outcome] of outcomes.entries()) if (outcome === 'refused') expect(told[i]?.()).toContain(`process ${holder?.pid}`);
  holder?.stdin.end();
  if (holder) await once(holder, 'close');
  expect(fs.existsSync(path.join(home, 'start.lock'))).toBe(false);
});

test('what a killed start left behind holds nobody up', async () => {
  const at = script();
  const killed = spawn(process.execPath, [at], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(killed.stdout, 'data');
  killed.kill('SIGKILL');
  await once(killed, 'close');
  expect(fs.existsSync(path.join(home, 'start.lock'))).toBe(true);
  expect(spawnSync(process.execPath, [at], { input: '', encoding: 'utf8' }).stdout).toBe('held');
});

test('neither a half-written file nor another program under the same number holds anybody up', () => {
  const at = script();
  for (const left of ['', '{"pid":', JSON.stringify({ pid: process.pid, url: 'x' })]) {
    fs.writeFileSync(path.join(home, 'start.lock'), left);
    expect(spawnSync(process.execPath, [at], { input: '', encoding: 'utf8' }).stdout).toBe('held');
  }
});
