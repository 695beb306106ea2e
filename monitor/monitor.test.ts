import pg from 'pg';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '@/server/testing/fresh-database';
import { type Monitor, startMonitor } from './monitor';
import type { Pulse } from './pulse/send-pulse';
import { insertHeartbeats, insertInstitutions, insertPayments, inTransaction, payment } from './testing/feed-rows';

const log = pino({ level: 'silent' });

let db: Awaited<ReturnType<typeof freshDatabase>>;
let monitor: Monitor;
let listener: pg.Client;
const pulses: Pulse[] = [];

beforeAll(async () => {
  db = await freshDatabase();
  await insertInstitutions(db.pool, 4);
  await db.pool.query(`select ensure_partition('clearing_transaction', now() + d * interval '1 day') from generate_series(-2, 1) as d`);
  listener = new pg.Client({ connectionString: db.url });
  listener.on('notification', ({ payload }) => pulses.push(JSON.parse(payload as string)));
  await listener.connect();
  await listener.query('listen headwater_pulse');
  monitor = startMonitor({ connectionString: db.url, log });
});

afterAll(async () => {
  await monitor.stop();
  await listener.end();
  await db.drop();
});

async function until<T>(what: () => Promise<T | undefined | false | null> | T | undefined | false | null): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const value = await what();
    if (value) return value;
    if (Date.now() > deadline) throw new Error('waited 20 s in vain');
    await listener.query('select pg_sleep(0.03)');
  }
}

const counted = async () => Number((await db.pool.query('select coalesce(sum(succeeded), 0)::text as n from pair_day')).rows[0].n);

describe('the monitor', () => {
  test('makes committed payments visible, pulses once a second, and is ready once its figures were proven', async () => {
    const before = await counted();
    await inTransaction(db.pool, (tx) =>
      insertPayments(tx, [
        payment({ acceptedAt: new Date() }),
        payment({ acceptedAt: new Date() }),
        payment({ acceptedAt: new Date(), status: 'received' }),
      ]),
    );
    // History that is imported belongs to its own time: it is counted, and makes the pulse no faster.
    await inTransaction(db.pool, (tx) => insertPayments(tx, [payment({ acceptedAt: new Date(Date.now() - 3_600_000) })]));
    await until(async () => (await counted()) === before + 3);
    const pulse = await until(() => pulses.find(({ succeeded }) => succeeded > 0));
    expect(pulse).toMatchObject({ succeeded: 2, unknown: 1, declined: 0, failed: 0, rowsBehind: 0 });
    expect(pulse.dataAt).not.toBeNull();
    expect((await until(() => pulses.find(({ tps }) => tps > 0))).tps).toBeCloseTo(0.6);
    await until(() => monitor.notReady() === null);
    const [a, b] = [pulses.at(-2), pulses.at(-1)] as [Pulse, Pulse];
    if (a) expect(Date.parse(b.at) - Date.parse(a.at)).toBeGreaterThan(500);
  });

  test('books that the database refuses to write hold up no figure, and go on by themselves', async () => {
    await db.pool.query('alter table settlement_position rename to settlement_position_away');
    const before = await counted();
    const [paid] = [payment({ acceptedAt: new Date() })];
    await inTransaction(db.pool, (tx) => insertPayments(tx, [paid]));
    await until(async () => (await counted()) === before + 1);
    await until(async () => ((await monitor.metrics.faults.get()).values[0]?.value ?? 0) > 0);
    // It still leads, on the connections that it had.
    expect((await monitor.metrics.leading.get()).values[0]?.value).toBe(1);
    expect(monitor.notReady()).not.toBe('the connection to the database was lost');
    await db.pool.query('alter table settlement_position_away rename to settlement_position');
    await until(async () => {
      const { rows } = await db.pool.query(
        `select (select (xid, batch_id) from monitor_watermark where name = 'books')
           = (select (xid, id) from feed_batch order by feed_batch.xid desc, id desc limit 1) as level`,
      );
      return rows[0].level;
    });
  });

  test('judges institutions by their heartbeats', async () => {
    const beats = [0, 1, 2, 3, 4].flatMap((n) => [
      { institutionId: 1, ok: true, sentAt: new Date(Date.now() - (5 - n) * 1000) },
      { institutionId: 2, ok: n < 2, sentAt: new Date(Date.now() - (5 - n) * 1000) },
    ]);
    await inTransaction(db.pool, (tx) => insertHeartbeats(tx, beats));
    await until(async () => {
      const { rows } = await db.pool.query('select institution_id, state from institution_state where institution_id <= 2 order by 1');
      return rows[0]?.state === 'up' && rows[1]?.state === 'down';
    });
  });

  test('loses and doubles nothing when its connections are cut again and again', { timeout: 60_000 }, async () => {
    const before = await counted();
    for (let round = 0; round < 12; round++) {
      await inTransaction(db.pool, (tx) =>
        insertPayments(
          tx,
          Array.from({ length: 40 }, () => payment({ acceptedAt: new Date(Date.now() - round * 3_600_000) })),
        ),
      );
      if (round % 3 === 0)
        await db.pool.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name like 'headwater-monitor%'`,
        );
    }
    await until(async () => (await counted()) === before + 480);
    await until(() => monitor.notReady() === null);
    const { rows } = await db.pool.query(
      `select count(*)::integer as wrong from reconciliation where jsonb_array_length(mismatches) > 0 or raw_count <> rollup_count`,
    );
    expect(rows[0].wrong).toBe(0);
  });

  test('is the only one: a second monitor waits, and takes over when the first ends', async () => {
    const second = startMonitor({ connectionString: db.url, log });
    try {
      await until(() => second.notReady() === null);
      expect((await second.metrics.leading.get()).values[0]?.value).toBe(0);
      await monitor.stop();
      await until(async () => (await second.metrics.leading.get()).values[0]?.value === 1);
      const before = await counted();
      await inTransaction(db.pool, (tx) => insertPayments(tx, [payment({ acceptedAt: new Date() })]));
      await until(async () => (await counted()) === before + 1);
    } finally {
      await second.stop();
    }
  });
});
