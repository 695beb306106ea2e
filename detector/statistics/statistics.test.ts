import type { PoolClient } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { BUCKETS, bucketOf } from '@/domain/clearing/latency-histogram';
import { freshDatabase } from '@/server/testing/fresh-database';
import { insertInstitutions } from '../testing/stored-feed';
import { judgeMoment } from './judge-moment';
import { MomentReadings } from './moment-readings';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A Wednesday at 14:30 in business time, after five weeks of figures. */
const NOW = Date.UTC(2026, 10, 18, 6, 30);
const FIRST = NOW - 36 * DAY;

type Figures = { all: number; failed?: number; paid?: number; received?: number; slowMs?: number };

let database: Awaited<ReturnType<typeof freshDatabase>>;
let client: PoolClient;
beforeAll(async () => {
  database = await freshDatabase({ spread: false });
  await insertInstitutions(database.pool, 3);
  client = await database.pool.connect();
});
afterAll(async () => {
  client.release();
  await database.drop();
});
beforeEach(async () => {
  await client.query('delete from institution_hour');
  await client.query('delete from institution_minute');
  await client.query('delete from platform_minute');
  await client.query('delete from standing_condition');
});

function histogram(count: number, slowMs: number | undefined): number[] {
  const counts = Array.from({ length: BUCKETS }, () => 0);
  counts[bucketOf(200)] = count;
  if (slowMs !== undefined) counts[bucketOf(slowMs)] = Math.ceil(count / 20);
  return counts;
}

/** Figures of the same hour of every earlier day, each a little different from the next; and of the last hour before NOW. */
async function given(institutionId: number, usual: Figures, now: Figures): Promise<void> {
  const hour = (atMs: number, { all, failed = 0, paid = 1_000, received = 1_000, slowMs }: Figures) =>
    client.query(
      `insert into institution_hour (institution_id, role, hour, currency, succeeded, declined, failed, unknown, amount_minor, latency)
       values ($1, 'payer', to_timestamp($2::double precision / 1000), 'CNY', $3, 0, $4, 0, $5, $7),
         ($1, 'payee', to_timestamp($2::double precision / 1000), 'CNY', 0, 0, 0, 0, $6, '{}')
       on conflict do nothing`,
      [institutionId, Math.floor(atMs / HOUR) * HOUR, all - failed, failed, paid, received, histogram(all, slowMs)],
    );
  for (let back = DAY; back <= 35 * DAY; back += DAY) {
    const wobble = 1 + 0.02 * Math.sin(back / DAY);
    for (const at of [NOW - back - HOUR, NOW - back])
      await hour(at, { ...usual, all: Math.round(usual.all * wobble), paid: Math.round((usual.paid ?? 1_000) * wobble) });
  }
  for (const at of [NOW - HOUR, NOW]) await hour(at, now);
  const { all, failed = 0, paid = 1_000, received = 1_000 } = now;
  await client.query(
    `insert into institution_minute (institution_id, role, minute, currency, succeeded, declined, failed, unknown, amount_minor)
     values ($1, 'payer', to_timestamp($2::double precision / 1000), 'CNY', $3, 0, $4, 0, $5),
       ($1, 'payee', to_timestamp($2::double precision / 1000), 'CNY', 0, 0, 0, 0, $6)`,
    [institutionId, NOW - 20 * MINUTE, all - failed, failed, paid, received],
  );
}

async function judged(atMs = NOW): Promise<number> {
  const readings = await new MomentReadings().at(client, atMs, FIRST);
  await client.query('begin');
  const told = await judgeMoment(client, readings, atMs, MINUTE);
  await client.query('commit');
  return told;
}
/** Three minutes in a row: what stands is told. */
async function alertsAfterThree(): Promise<{ rule_id: string; subject_id: string; detail: Record<string, unknown> }[]> {
  const before = await client.query<{ id: string }>('select coalesce(max(id), 0)::text as id from alert');
  for (let n = 0; n < 3; n++) await judged(NOW + n * MINUTE);
  const { rows } = await client.query('select rule_id, subject_id, detail from alert where id > $1 order by id', [before.rows[0]?.id]);
  return rows;
}

it('figures like those of earlier weeks raise nothing', async () => {
  await given(1, { all: 400 }, { all: 410 });
  await given(2, { all: 40, failed: 1 }, { all: 38, failed: 1 });
  expect(await alertsAfterThree()).toEqual([]);
});

it('a surge is one alert with what it was held against, growing for as long as it stands', async () => {
  await given(1, { all: 400 }, { all: 900 });
  await given(2, { all: 300 }, { all: 300 });
  const [alert, ...others] = await alertsAfterThree();
  expect(others).toEqual([]);
  expect(alert).toMatchObject({
    rule_id: 'surge',
    subject_id: '1',
    detail: { kind: 'statistic', value: 900, against: 'weeks', endedAt: null },
  });
  expect(alert?.detail.samples).toHaveLength(5);
  expect(alert?.detail.q).toBeLessThan(0.01);
  expect(await judged(NOW + 3 * MINUTE)).toBe(1);
  const { rows } = await client.query(`select count(*)::int as n from alert where rule_id = 'surge'`);
  expect(rows).toEqual([{ n: 1 }]);
});

it('when it is over the alert says when, and what begins later is another', async () => {
  await given(1, { all: 400 }, { all: 950 });
  await given(2, { all: 300 }, { all: 300 });
  await alertsAfterThree();
  const standing = await client.query<{ key: string }>('select alert_key as key from standing_condition');
  await client.query('update institution_minute set succeeded = 405 where institution_id = 1 and role = $1', ['payer']);
  expect(await judged(NOW + 3 * MINUTE)).toBe(0);
  expect(await judged(NOW + 9 * MINUTE)).toBe(0);
  const { rows } = await client.query(`select detail ->> 'endedAt' as ended from alert where key = $1`, [standing.rows[0]?.key]);
  expect(rows).toEqual([{ ended: new Date(NOW + 2 * MINUTE).toISOString() }]);
  expect((await client.query('select count(*)::int as n from standing_condition')).rows).toEqual([{ n: 0 }]);
});

it('technical failures, slow answers and one-sided flows are each told by their own figure', async () => {
  await given(1, { all: 400, failed: 4 }, { all: 400, failed: 60 });
  await given(2, { all: 400, slowMs: 500 }, { all: 400, slowMs: 4_000 });
  await given(3, { all: 400, paid: 100_000, received: 100_000 }, { all: 400, paid: 500_000, received: 20_000 });
  const alerts = await alertsAfterThree();
  expect(alerts.map(({ rule_id, subject_id }) => `${rule_id} ${subject_id}`).sort()).toEqual([
    'latency 2',
    'net-imbalance 3',
    'success-drop 1',
  ]);
});

it('a day whose night took an unusual share is told once, at the end of the night', async () => {
  const morning = Date.UTC(2026, 10, 17, 22);
  const insert = (atMs: number, all: number) =>
    client.query(
      `insert into institution_hour (institution_id, role, hour, currency, succeeded, declined, failed, unknown, amount_minor, latency)
       values (1, 'payer', to_timestamp($1::double precision / 1000), 'CNY', $2, 0, 0, 0, 1, '{}')`,
      [atMs, all],
    );
  for (let day = 0; day <= 34; day++) {
    await insert(morning - day * DAY - 3 * HOUR, day === 0 ? 300 : 20 + (day % 3));
    await insert(morning - day * DAY - 12 * HOUR, 500);
  }
  const readings = await new MomentReadings().at(client, morning, FIRST);
  await client.query('begin');
  expect(await judgeMoment(client, readings, morning, MINUTE)).toBe(1);
  await client.query('commit');
  const { rows } = await client.query(`select detail ->> 'value' as value from alert where rule_id = 'after-hours'`);
  expect(rows).toEqual([{ value: '0.375' }]);
});

it('with fewer than four weeks behind it a moment is held against days of its own kind', async () => {
  await given(1, { all: 400 }, { all: 1_000 });
  const readings = await new MomentReadings().at(client, NOW, NOW - 15 * DAY);
  const surge = readings.find(({ reading }) => reading.kind === 'surge' && reading.series === 'institution:1');
  expect(surge?.against).toBe('days');
  // Workdays only: ten of the last fourteen days.
  expect(surge?.samples).toHaveLength(10);
});
