import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '@/server/testing/fresh-database';
import { Reconciler } from './reconcile/reconciler';
import { insertInstitutions, insertOutcomes, insertPayments, inTransaction, payment } from './testing/feed-rows';

let db: Awaited<ReturnType<typeof freshDatabase>>;
let client: pg.Client;
let port: number;
const started: ChildProcess[] = [];

beforeAll(async () => {
  db = await freshDatabase();
  client = new pg.Client({ connectionString: db.url });
  await client.connect();
  await insertInstitutions(db.pool, 4);
  await client.query(`select ensure_partition('clearing_transaction', now() + d * interval '1 day') from generate_series(-2, 1) as d`);
  port = await freePort();
});

afterAll(async () => {
  for (const one of started) one.kill('SIGKILL');
  await client.end();
  await db.drop();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as { port: number };
  server.close();
  return free;
}

function monitorProcess(): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=react-server', 'monitor/main.ts'], {
    env: {
      ...process.env,
      DATABASE_URL: db.url,
      HEADWATER_MONITOR_PORT: String(port),
      HEADWATER_ACCOUNT_KEY: randomBytes(32).toString('base64'),
      HEADWATER_RECEIPT_KEY: generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
      NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  started.push(child);
  return child;
}

async function until(what: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await what().catch(() => false))) {
    if (Date.now() > deadline) throw new Error('waited 30 s in vain');
    await client.query('select pg_sleep(0.03)');
  }
}

const counted = async () =>
  Number((await client.query('select coalesce(sum(succeeded + declined + failed + unknown), 0)::text as n from pair_day')).rows[0].n);
const probe = async (path: string) => await fetch(`http://127.0.0.1:${port}${path}`);

test('SIGKILL while rows arrive loses and doubles nothing; SIGTERM ends the process cleanly', { timeout: 120_000 }, async () => {
  let sent = 0;
  for (let round = 0; round < 4; round++) {
    const child = monitorProcess();
    const before = await counted();
    await until(async () => {
      const rows = Array.from({ length: 50 }, () => payment({ acceptedAt: new Date(), status: 'unknown' }));
      await inTransaction(db.pool, (tx) => insertPayments(tx, rows));
      await inTransaction(db.pool, (tx) => insertOutcomes(tx, [{ key: (rows[0] as { key: string }).key, to: 'succeeded' }]));
      sent += rows.length;
      return (await counted()) > before;
    });
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  const last = monitorProcess();
  await until(async () => (await counted()) === sent);
  await until(async () => (await probe('/readyz')).ok);
  expect((await probe('/livez')).status).toBe(200);
  expect(await (await probe('/metrics')).text()).toContain('headwater_monitor_leading 1');
  expect((await new Reconciler().run(client, Date.now())).kind).toBe('passed');
  last.kill('SIGTERM');
  expect(await once(last, 'exit')).toEqual([0, null]);
});
