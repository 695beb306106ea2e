import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '@/server/testing/fresh-database';
import { followOnce } from '../follow';
import { insertInstitutions, insertOutcomes, insertPayments, inTransaction, payment } from '../testing/feed-rows';
import { rebuildRollups } from './rebuild-rollups';
import { rollupConsumer } from './rollup-consumer';

const NOW_MS = Date.parse('2026-11-23T10:20:30Z');
const now = new Date(NOW_MS);
const yesterday = new Date(NOW_MS - 86_400_000);

let db: Awaited<ReturnType<typeof freshDatabase>>;
let monitor: pg.Client;
beforeAll(async () => {
  db = await freshDatabase();
  await insertInstitutions(db.pool, 4);
  monitor = new pg.Client({ connectionString: db.url });
  await monitor.connect();
});
afterAll(async () => {
  await monitor.end();
  await db.drop();
});

/** Other test files' transactions on the same server may hold the follower back for a moment. */
async function follow(): Promise<void> {
  for (let turns = 0; turns < 500; turns++) {
    if ((await followOnce(monitor, { consumers: [rollupConsumer], nowMs: NOW_MS })).batches > 0) return;
    await monitor.query('select pg_sleep(0.02)');
  }
  throw new Error('the follower never caught up');
}

async function versions(): Promise<Map<string, string>> {
  const { rows } = await db.pool.query<{ hour: Date; version: string }>('select hour, version::text as version from pair_hour_version');
  return new Map(rows.map(({ hour, version }) => [hour.toISOString(), version]));
}

test('an hour gets another version with every change of its pairs, late ones and rebuilt ones too, and keeps it otherwise', async () => {
  const late = payment({ acceptedAt: yesterday, status: 'received' });
  await inTransaction(db.pool, (tx) => insertPayments(tx, [late, payment({ acceptedAt: now })]));
  await follow();
  const first = await versions();
  expect([...first.keys()].sort()).toEqual(['2026-11-22T10:00:00.000Z', '2026-11-23T10:00:00.000Z']);

  await inTransaction(db.pool, (tx) => insertPayments(tx, [payment({ acceptedAt: now })]));
  await follow();
  const second = await versions();
  expect(second.get('2026-11-22T10:00:00.000Z')).toBe(first.get('2026-11-22T10:00:00.000Z'));
  expect(second.get('2026-11-23T10:00:00.000Z')).not.toBe(first.get('2026-11-23T10:00:00.000Z'));

  await inTransaction(db.pool, (tx) => insertOutcomes(tx, [{ key: late.key, to: 'succeeded' }]));
  await follow();
  const third = await versions();
  expect(third.get('2026-11-22T10:00:00.000Z')).not.toBe(second.get('2026-11-22T10:00:00.000Z'));
  expect(third.get('2026-11-23T10:00:00.000Z')).toBe(second.get('2026-11-23T10:00:00.000Z'));

  // A pair that no row stands for is gone after a rebuild, and whoever kept its hour has to hear of it.
  await db.pool.query(
    `insert into pair_hour values ('2026-11-22T12:00:00Z', 1, 2, 'CNY', 'transfer', 1, 0, 0, 0, 5);
     insert into pair_hour_version (hour) values ('2026-11-22T12:00:00Z')`,
  );
  const fourth = await versions();
  await rebuildRollups(monitor, { from: yesterday, to: new Date(yesterday.getTime() + 1) }, NOW_MS);
  const { rows } = await db.pool.query(`select 1 from pair_hour where hour = '2026-11-22T12:00:00Z'`);
  expect(rows).toEqual([]);
  const fifth = await versions();
  for (const hour of ['2026-11-22T10:00:00.000Z', '2026-11-22T12:00:00.000Z']) expect(fifth.get(hour)).not.toBe(fourth.get(hour));
  expect(fifth.get('2026-11-23T10:00:00.000Z')).toBe(fourth.get('2026-11-23T10:00:00.000Z'));
});
