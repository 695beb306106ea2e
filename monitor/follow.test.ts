import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUSINESS_TYPES, ROUTES, TRANSACTION_STATUSES } from '@/domain/clearing/transaction';
import { freshDatabase } from '@/server/testing/fresh-database';
import { type FaultPoint, followOnce } from './follow';
import { reconcileSpan } from './reconcile/reconcile-span';
import { rollupConsumer } from './rollups/rollup-consumer';
import {
  insertInstitutions,
  insertLegs,
  insertOutcomes,
  insertPayments,
  inTransaction,
  type PaymentRow,
  payment,
} from './testing/feed-rows';

const NOW_MS = Date.parse('2026-11-23T10:20:30Z');
const DAY_MS = 86_400_000;
const ALL = { from: new Date(NOW_MS - 6 * DAY_MS), to: new Date(NOW_MS + DAY_MS) };

let db: Awaited<ReturnType<typeof freshDatabase>>;
let monitor: pg.Client;

beforeAll(async () => {
  db = await freshDatabase();
  await insertInstitutions(db.pool, 6);
  // Partitions are made up front: the gateway makes them in a transaction of their own.
  await db.pool.query(`select ensure_partition('clearing_transaction', d), ensure_partition('leg', d)
    from generate_series(timestamptz '2026-11-16', '2026-11-25', '12 hours') as d`);
  monitor = await connect();
});

afterAll(async () => {
  await monitor.end().catch(() => {});
  await db.drop();
});

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: db.url, options: '-c lock_timeout=5s' });
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** Follows until no committed batch waits. Other test files' transactions on the same server may hold it back for a moment. */
async function followAll(client: pg.Client, rowsMax = 1000): Promise<void> {
  for (let turns = 0; turns < 3000; turns++) {
    const { batches } = await followOnce(client, { consumers: [rollupConsumer], nowMs: NOW_MS, rowsMax });
    if (batches > 0) continue;
    const { rows } = await client.query(`select 1 from feed_batch b
      where (b.xid, b.id) > (select coalesce(max(xid), '0'::xid8), coalesce(max(batch_id), 0) from monitor_watermark) limit 1`);
    if (rows.length === 0) return;
    await client.query('select pg_sleep(0.02)');
  }
  throw new Error('the follower never caught up');
}

async function wrongBuckets(): Promise<unknown[]> {
  const comparisons = await reconcileSpan(monitor, ALL, NOW_MS);
  return comparisons.flatMap(({ tier, mismatches }) => mismatches.map((mismatch) => ({ tier, ...mismatch })));
}

const rowsArbitrary = fc.array(
  fc.record({
    acceptedAt: fc.oneof(
      fc.integer({ min: NOW_MS - 3 * 3_600_000, max: NOW_MS }).map((ms) => new Date(ms)),
      fc.integer({ min: NOW_MS - 5 * DAY_MS, max: NOW_MS }).map((ms) => new Date(ms)),
    ),
    status: fc.constantFrom(...TRANSACTION_STATUSES),
    amountMinor: fc.bigInt({ min: 1n, max: 10n ** 16n }),
    payerId: fc.integer({ min: 1, max: 3 }),
    intermediaryId: fc.option(fc.integer({ min: 4, max: 5 })),
    payeeId: fc.integer({ min: 1, max: 6 }),
    businessType: fc.constantFrom(...BUSINESS_TYPES.slice(0, 3)),
    route: fc.constantFrom(...ROUTES),
    currency: fc.constantFrom('CNY', 'USD'),
    latencyMs: fc.option(fc.integer({ min: 0, max: 700_000 })),
  }),
  { minLength: 1, maxLength: 8 },
);

const picks = fc.array(fc.record({ pick: fc.nat(), to: fc.constantFrom(...TRANSACTION_STATUSES) }), { minLength: 1, maxLength: 4 });

/** One thing that happens; the payments' batches may be left open and committed only later. */
const events = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('pay' as const), rows: rowsArbitrary, held: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('outcomes' as const), picks }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pay and outcomes' as const), rows: rowsArbitrary, picks }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('commit held' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('legs' as const),
      ms: fc.array(fc.integer({ min: -5, max: 9000 }), { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('follow' as const), rowsMax: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reconcile' as const) }) },
);

describe('the follower', () => {
  test('keeps every roll-up equal to the sum of the rows, whatever arrives in whatever order', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(events, { minLength: 6, maxLength: 24 }), async (history) => {
        const stored: PaymentRow[] = [];
        const held: { client: pg.Client; rows: PaymentRow[] }[] = [];
        const release = async () => {
          const one = held.pop();
          if (!one) return;
          await one.client.query('commit');
          await one.client.end();
          stored.push(...one.rows);
        };
        const chosen = (from: PaymentRow[], wanted: { pick: number; to: PaymentRow['status'] }[]) =>
          from.length === 0 ? [] : wanted.map(({ pick, to }) => ({ key: (from[pick % from.length] as PaymentRow).key, to }));
        const happen = async (event: (typeof history)[number]) => {
          if (event.kind === 'pay') {
            const rows = event.rows.map(payment);
            if (event.held && held.length < 2) {
              const client = await connect();
              await client.query('begin');
              await insertPayments(client, rows);
              held.push({ client, rows });
            } else {
              await inTransaction(db.pool, (client) => insertPayments(client, rows));
              stored.push(...rows);
            }
          } else if (event.kind === 'outcomes') {
            await inTransaction(db.pool, (client) => insertOutcomes(client, chosen(stored, event.picks)));
          } else if (event.kind === 'pay and outcomes') {
            const rows = event.rows.map(payment);
            await inTransaction(db.pool, async (client) => {
              await insertPayments(client, rows);
              await insertOutcomes(client, chosen(rows, event.picks));
            });
            stored.push(...rows);
          } else if (event.kind === 'legs') {
            const legs = event.ms.map((ms) => ({
              key: payment({ acceptedAt: new Date(NOW_MS) }).key,
              startedAt: new Date(NOW_MS - 1000),
              ms,
            }));
            await inTransaction(db.pool, (client) => insertLegs(client, legs));
          } else if (event.kind === 'commit held') await release();
          else if (event.kind === 'follow')
            await followOnce(monitor, { consumers: [rollupConsumer], nowMs: NOW_MS, rowsMax: event.rowsMax });
          // Half-way too: what is beyond the watermark is left out on both sides.
          else expect(await wrongBuckets()).toEqual([]);
        };
        try {
          for (const event of history) await happen(event);
        } finally {
          while (held.length > 0) await release();
        }
        await followAll(monitor);
        expect(await wrongBuckets()).toEqual([]);
      }),
      { numRuns: 15 },
    );
    const { rows } = await db.pool.query(`select (select count(*) from clearing_transaction)::integer as raw,
      (select sum(succeeded + declined + failed + unknown) from pair_day)::integer as rolled`);
    expect(rows[0].raw).toBeGreaterThan(100);
    expect(rows[0].rolled).toBe(rows[0].raw);
  });

  test('does not skip a batch whose transaction began earlier but commits later', async () => {
    const early = await connect();
    await early.query('begin');
    await insertPayments(early, [payment({ acceptedAt: new Date(NOW_MS), amountMinor: 7n, payerId: 3, payeeId: 6, currency: 'EUR' })]);
    const late = await connect();
    await late.query('begin');
    await insertPayments(late, [payment({ acceptedAt: new Date(NOW_MS), amountMinor: 11n, payerId: 3, payeeId: 6, currency: 'EUR' })]);
    await late.query('commit');
    const euros = async () =>
      (await db.pool.query(`select coalesce(sum(amount_minor), 0)::text as sum from pair_day where currency = 'EUR'`)).rows[0].sum;
    await followOnce(monitor, { consumers: [rollupConsumer], nowMs: NOW_MS });
    // The later one is committed and visible, but an older one may still come: it waits.
    expect(await euros()).toBe('0');
    await early.query('commit');
    await followAll(monitor);
    expect(await euros()).toBe('18');
    await Promise.all([early.end(), late.end()]);
  });

  test('waits for rows that a batch acknowledges but that are not to be seen yet', async () => {
    await followAll(monitor);
    const rows = [1, 2].map(() => payment({ acceptedAt: new Date(NOW_MS), currency: 'JPY' }));
    await inTransaction(db.pool, async (tx) => {
      const batch = await insertPayments(tx, rows);
      await tx.query('create table late as select * from clearing_transaction where batch_id = $1 limit 1', [batch]);
      await tx.query('delete from clearing_transaction t using late where t.transaction_key = late.transaction_key');
    });
    const follow = async () => await followOnce(monitor, { consumers: [rollupConsumer], nowMs: NOW_MS });
    let seen = await follow();
    // Other transactions of the server may hold the batch back for a moment.
    while (seen.missing === 0) seen = await follow();
    expect(seen).toMatchObject({ batches: 0, missing: 1 });
    await db.pool.query('insert into clearing_transaction select * from late');
    await followAll(monitor);
    const { rows: sums } = await db.pool.query(`select sum(succeeded)::integer as n from pair_day where currency = 'JPY'`);
    expect(sums[0].n).toBe(2);
  });

  const points: FaultPoint[] = ['batches read', 'rows read', 'consumers written', 'watermark moved', 'committed'];
  test.each(points)('killed at "%s" changes nothing in the end', async (point) => {
    const rows = Array.from({ length: 5 }, (_, i) => payment({ acceptedAt: new Date(NOW_MS - i * 60_000), status: 'unknown' }));
    await inTransaction(db.pool, (tx) => insertPayments(tx, rows));
    await inTransaction(db.pool, (tx) => insertOutcomes(tx, [{ key: (rows[0] as PaymentRow).key, to: 'succeeded' }]));
    const doomed = await connect();
    const follow = async (): Promise<void> => {
      // Other test files' transactions on the same server may hold the batches back for a moment.
      for (let batches = 0; batches === 0; ) batches = (await followOnce(doomed, { ...options, nowMs: NOW_MS })).batches;
    };
    const options = {
      consumers: [rollupConsumer],
      at: (reached: FaultPoint) => {
        // What a kill leaves: a socket that is gone, in the middle of whatever the server was doing.
        if (reached === point) (doomed as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
        if (reached === point && point === 'committed') throw new Error('killed after the commit');
      },
    };
    await expect(follow()).rejects.toThrow();
    await followAll(monitor);
    expect(await wrongBuckets()).toEqual([]);
  });

  test('refuses to write beside another monitor', async () => {
    const other = await connect();
    await inTransaction(db.pool, (tx) => insertPayments(tx, [payment({ acceptedAt: new Date(NOW_MS) })]));
    const raced = async (): Promise<void> => {
      for (let batches = 0; batches === 0; ) {
        const chunk = await followOnce(monitor, {
          consumers: [rollupConsumer],
          nowMs: NOW_MS,
          at: async (point) => {
            if (point === 'rows read') await followAll(other);
          },
        });
        batches = chunk.batches;
      }
    };
    await expect(raced()).rejects.toThrow();
    await followAll(monitor);
    expect(await wrongBuckets()).toEqual([]);
    await other.end();
  });
});
