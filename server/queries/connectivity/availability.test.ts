import { afterAll, beforeAll, expect, test } from 'vitest';
import { timesByState } from '@/domain/connectivity/availability';
import { parseStateBars } from '@/domain/connectivity/state-bar';
import { INSTITUTION_STATES, type InstitutionStateName } from '@/domain/overview/institution-state';
import { database } from '@/server/database';
import { useConsoleDatabase } from '@/server/testing/console-environment';
import { freshDatabase } from '@/server/testing/fresh-database';
import { testActor } from '@/server/testing/test-actor';
import { boardBars } from '../institutions/board-figures';
import { availabilityReport, timesOf } from './availability-report';
import { stateBars } from './state-bars';
import { stateHistory } from './state-history';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FROM = new Date('2026-10-31T16:00:00Z');
const JUDGED = new Date('2026-11-20T04:30:00Z');
/** Business November. */
const MONTH = { from: FROM, to: new Date('2026-11-30T16:00:00Z') };
/** From when on, in hours of the month, and as what. Institution 1 is known from before, 2 from the middle, 3 never. */
const PAST: Record<number, readonly (readonly [number, InstitutionStateName])[]> = {
  1: [
    [-50, 'up'],
    [10.2, 'down'],
    [11.7, 'up'],
    [100, 'planned'],
    [103.5, 'degraded'],
    [104, 'up'],
    [200, 'unknown'],
    [230, 'silent'],
    [231, 'up'],
  ],
  2: [
    [240, 'up'],
    [464, 'down'],
  ],
};

let db: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  db = await freshDatabase();
  useConsoleDatabase(db.url);
  await db.pool.query(
    `insert into institution (id, code, kind, category, name_zh, name_en, short_zh, short_en)
     select n, 'I' || n, 'bank', 'other', 'I' || n, 'I' || n, 'I' || n, 'I' || n from generate_series(1, 3) as n`,
  );
  for (const [id, past] of Object.entries(PAST))
    for (const [i, [hour, state]] of past.entries())
      await db.pool.query('insert into state_interval (institution_id, from_at, to_at, state) values ($1, $2, $3, $4)', [
        id,
        new Date(FROM.getTime() + hour * HOUR_MS),
        past[i + 1] ? new Date(FROM.getTime() + (past[i + 1]?.[0] ?? 0) * HOUR_MS) : null,
        state,
      ]);
  await db.pool.query(`insert into setting (name, value) values ('connectivity.judged', $1)`, [
    JSON.stringify({ at: JUDGED.toISOString() }),
  ]);
});
afterAll(async () => {
  await database().$disconnect();
  await db.drop();
});

test('the report is the sum of the rows of history, state by state, and leaves out stops and what was not measured', async () => {
  const report = await availabilityReport(testActor(), { range: MONTH, locale: 'en' });
  expect(report.until).toEqual(JUDGED);
  for (const row of report.rows.slice(0, 2)) {
    const { rows } = await stateHistory(testActor(), {
      institutionId: Number(row.code.slice(1)),
      range: { from: FROM, to: JUDGED },
      limit: 100,
    });
    const spans = rows.map(({ fromAt, toAt, state }) => ({ fromMs: fromAt.getTime(), toMs: toAt?.getTime() ?? null, state }));
    expect(row.times).toEqual(timesByState(spans, { fromMs: FROM.getTime(), toMs: JUDGED.getTime() }));
  }
  const [one, two, three] = report.rows;
  const wholeMs = JUDGED.getTime() - FROM.getTime();
  expect(one).toMatchObject({ downMs: 1.5 * HOUR_MS, scheduledMs: wholeMs - 3.5 * HOUR_MS - 30 * HOUR_MS, met: false });
  expect(two?.downMs).toBe(JUDGED.getTime() - FROM.getTime() - 464 * HOUR_MS);
  expect(three).toMatchObject({ ppm: null, met: null, scheduledMs: 0 });
});

test('bars of any width add up to the same, and each bar to its own stretch of history', async () => {
  for (const bucketMs of [HOUR_MS, 6 * HOUR_MS, DAY_MS]) {
    const bars = await stateBars(testActor(), { range: MONTH, bucketMs, until: JUDGED });
    const of = bars.get(1);
    expect(of?.downMs).toBe(1.5 * HOUR_MS);
    const read = parseStateBars(of?.bars ?? '');
    const sum = (state: 'down' | 'planned' | 'degraded' | 'silent' | 'unknown') =>
      [...read.values()].reduce((total, bar) => total + bar[state], 0);
    expect([sum('down'), sum('planned'), sum('degraded'), sum('silent'), sum('unknown')]).toEqual([5400, 12_600, 1800, 3600, 108_000]);
    for (const bar of read.values())
      expect(bar.down + bar.planned + bar.degraded + bar.silent + bar.unknown).toBeLessThanOrEqual(bucketMs / 1000);
    const span = { wholeMs: JUDGED.getTime() - FROM.getTime(), fromMs: FROM.getTime(), untilMs: JUDGED.getTime() };
    for (const id of [1, 2, 3])
      expect(INSTITUTION_STATES.reduce((total, state) => total + timesOf(bars.get(id), span)[state], 0)).toBe(span.wholeMs);
  }
});

test('the board’s bars, of which what is over and what fills are asked apart, are those of the whole span', async () => {
  for (const bucketMs of [3_600_000, DAY_MS, 7 * DAY_MS]) {
    const asked = { range: MONTH, bucketMs, until: JUDGED };
    expect(new Map((await boardBars(testActor(), asked)).bars)).toEqual(await stateBars(testActor(), asked));
  }
});

test('an institution’s own people see their own history and report only', async () => {
  const actor = testActor({ institutionId: 2 });
  expect((await availabilityReport(actor, { range: MONTH, locale: 'en' })).rows.map(({ code }) => code)).toEqual(['I2']);
  expect(await stateHistory(actor, { institutionId: 1, range: MONTH, limit: 10 })).toEqual({ rows: [], total: 0 });
  expect([...(await stateBars(actor, { range: MONTH, bucketMs: DAY_MS, until: JUDGED, institutionId: 1 })).keys()]).toEqual([2]);
});
