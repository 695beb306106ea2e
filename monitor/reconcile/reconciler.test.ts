import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freshDatabase } from '@/server/testing/fresh-database';
import { followOnce } from '../follow';
import { rebuildRollups } from '../rollups/rebuild-rollups';
import { rollupConsumer } from '../rollups/rollup-consumer';
import { insertInstitutions, insertLegs, insertOutcomes, insertPayments, type PaymentRow, payment } from '../testing/feed-rows';
import { Reconciler } from './reconciler';

const NOW_MS = Date.parse('2026-11-23T10:20:30Z');
const HOUR_MS = 3_600_000;

let db: Awaited<ReturnType<typeof freshDatabase>>;
let client: pg.Client;
let rows: PaymentRow[];

beforeAll(async () => {
  db = await freshDatabase();
  client = new pg.Client({ connectionString: db.url });
  await client.connect();
  await insertInstitutions(db.pool, 4);
  rows = [0, 1, 2, 30, 31, 100].map((hours) =>
    payment({ acceptedAt: new Date(NOW_MS - hours * HOUR_MS), intermediaryId: 3, status: 'unknown' }),
  );
  await insertPayments(client, rows);
  await insertOutcomes(client, [{ key: (rows[0] as PaymentRow).key, to: 'succeeded' }]);
  await insertLegs(client, [{ key: (rows[0] as PaymentRow).key, startedAt: new Date(NOW_MS), ms: 40 }]);
  for (let batches = 0; batches < 3; ) batches += (await followOnce(client, { consumers: [rollupConsumer], nowMs: NOW_MS })).batches;
});

afterAll(async () => {
  await client.end();
  await db.drop();
});

beforeEach(async () => {
  await rebuildRollups(client, { from: new Date(NOW_MS - 120 * HOUR_MS), to: new Date(NOW_MS) }, NOW_MS);
});

describe('the reconciliation', () => {
  test('passes where every roll-up is the sum of its rows, and writes down what it compared', async () => {
    const reconciler = new Reconciler();
    expect(reconciler.state.kind).toBe('not yet');
    expect((await reconciler.run(client, NOW_MS)).kind).toBe('passed');
    const { rows: written } = await client.query(
      `select sum(raw_count)::integer as raw, sum(rollup_count)::integer as rollup, sum(jsonb_array_length(mismatches))::integer as wrong
       from reconciliation where tier = 'pair_hour'`,
    );
    expect(written[0]).toEqual({ raw: rows.length, rollup: rows.length, wrong: 0 });
    const { rows: sums } = await client.query(
      `select a.currency, sum(a.raw)::text as raw, sum(a.rollup)::text as rollup
       from reconciliation, jsonb_to_recordset(amounts) as a (currency text, raw numeric, rollup numeric)
       where tier = 'pair_hour'
       group by 1`,
    );
    const succeeded = await client.query(`select currency, sum(amount_minor)::text as sum from pair_hour group by 1`);
    expect(sums).toEqual(succeeded.rows.map(({ currency, sum }) => ({ currency, raw: sum, rollup: sum })));
  });

  test.each([
    'platform_minute',
    'platform_slot',
    'platform_hour',
    'platform_day',
    'institution_minute',
    'institution_hour',
    'institution_day',
    'pair_hour',
    'pair_day',
  ])('finds one fen of drift in %s at the next run', async (tier) => {
    const bucket = tier.split('_')[1];
    const { rowCount } = await client.query(
      `update ${tier} set amount_minor = amount_minor + 1
       where ctid = (select ctid from ${tier} order by ${bucket} desc limit 1)`,
    );
    expect(rowCount).toBe(1);
    const state = await new Reconciler().run(client, NOW_MS);
    expect(state.kind).toBe('drifted');
    if (state.kind !== 'drifted') return;
    const drift = state.comparisons.find((comparison) => comparison.tier === tier);
    expect(drift?.mismatchCount).toBe(1);
    const [mismatch] = drift?.mismatches ?? [];
    expect(BigInt(mismatch?.rollup.amount_minor ?? 0) - BigInt(mismatch?.raw.amount_minor ?? 0)).toBe(1n);
  });

  test('finds a lost latency, a lost leg, a row that has no roll-up and a roll-up that has no row', async () => {
    await client.query(
      `update institution_hour set latency = '{}' where ctid = (select ctid from institution_hour where role = 'payer' limit 1)`,
    );
    await client.query('update leg_hour set legs = legs + 1');
    await client.query('delete from pair_hour where ctid = (select ctid from pair_hour order by hour limit 1)');
    await client.query(`insert into platform_minute values (to_timestamp($1), 'USD', 'payout', 'cleared', 1, 0, 0, 0, 5, '{}')`, [
      Math.floor(NOW_MS / 60_000) * 60,
    ]);
    const state = await new Reconciler().run(client, NOW_MS);
    const tiers = state.kind === 'drifted' ? state.comparisons.filter((one) => one.mismatchCount > 0).map(({ tier }) => tier) : [];
    expect(new Set(tiers)).toEqual(
      // A coarser tier that no longer is the sum of the broken one is named too.
      new Set([
        'institution_hour',
        'institution_day',
        'leg_hour',
        'pair_hour',
        'pair_day',
        'platform_minute',
        'platform_slot',
        'platform_hour',
      ]),
    );
  });

  test('reports an old drift until that stretch passes again; a rebuild heals it', async () => {
    const reconciler = new Reconciler();
    await client.query('update pair_hour set succeeded = succeeded + 1 where hour = (select min(hour) from pair_hour)');
    expect((await reconciler.run(client, NOW_MS)).kind).toBe('drifted');
    expect((await reconciler.run(client, NOW_MS)).kind).toBe('drifted');
    await rebuildRollups(client, { from: rows.at(-1)?.acceptedAt as Date, to: new Date(NOW_MS) }, NOW_MS);
    expect((await reconciler.run(client, NOW_MS)).kind).toBe('passed');
  });

  test('leaves out what is committed beyond the watermark, payments and outcomes alike', async () => {
    await insertPayments(client, [payment({ acceptedAt: new Date(NOW_MS), status: 'failed' })]);
    await insertOutcomes(client, [{ key: (rows[1] as PaymentRow).key, to: 'declined' }]);
    expect((await new Reconciler().run(client, NOW_MS)).kind).toBe('passed');
    await rebuildRollups(client, { from: new Date(NOW_MS - HOUR_MS), to: new Date(NOW_MS) }, NOW_MS);
    expect((await new Reconciler().run(client, NOW_MS)).kind).toBe('passed');
    for (let batches = 0; batches < 2; ) batches += (await followOnce(client, { consumers: [rollupConsumer], nowMs: NOW_MS })).batches;
    expect((await new Reconciler().run(client, NOW_MS)).kind).toBe('passed');
    const { rows: sums } = await client.query(
      'select sum(declined)::integer as declined, sum(failed)::integer as failed from platform_day',
    );
    expect(sums[0]).toEqual({ declined: 1, failed: 1 });
  });
});
