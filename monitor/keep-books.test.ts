import pg from 'pg';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '@/server/testing/fresh-database';
import { BOOKS_WATERMARK } from './follow';
import { keepBooks } from './keep-books';
import { monitorMetrics } from './metrics';
import { insertInstitutions, insertPayments, inTransaction, payment } from './testing/feed-rows';
import { Wake } from './wake';

let db: Awaited<ReturnType<typeof freshDatabase>>;
let client: pg.Client;

beforeAll(async () => {
  db = await freshDatabase();
  await insertInstitutions(db.pool, 4);
  await db.pool.query(`select ensure_partition('clearing_transaction', now())`);
  client = new pg.Client({ connectionString: db.url });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await db.drop();
});

test('books stand back while rows arrive in bulk, and are kept as soon as that is over', async () => {
  await inTransaction(db.pool, (tx) => insertPayments(tx, [payment({ acceptedAt: new Date() })]));
  const wake = new Wake();
  const ended = new AbortController();
  const shift = { log: pino({ level: 'silent' }), metrics: monitorMetrics(), wake, ended: ended.signal, over: () => ended.signal.aborted };
  let asked = 0;
  let overAt = 0;
  const rush = {
    on: () => {
      if (++asked < 4) return true;
      overAt ||= asked;
      return false;
    },
  };
  const kept = keepBooks(shift, client, rush);
  const booked = async () => (await db.pool.query('select from monitor_watermark where name = $1', [BOOKS_WATERMARK])).rowCount === 1;
  while (overAt === 0) {
    expect(await booked()).toBe(false);
    await db.pool.query('select pg_sleep(0.02)');
  }
  while (!(await booked())) await db.pool.query('select pg_sleep(0.02)');
  ended.abort();
  await kept;
  expect(asked).toBeGreaterThanOrEqual(4);
});
