import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quantile } from '@/domain/clearing/latency-histogram';
import { database } from '@/server/database';
import { useConsoleDatabase } from '@/server/testing/console-environment';
import { freshDatabase } from '@/server/testing/fresh-database';
import { type MadePayment, makeInstitutions, rollUp } from '@/server/testing/rolled-up-day';
import { testActor } from '@/server/testing/test-actor';
import { amountToday } from './amount-today';
import { institutionStates } from './institution-states';
import { largestFlows } from './largest-flows';
import { lastMinutes } from './last-minutes';
import { notices } from './notices';
import { openAlerts } from './open-alerts';
import { openQuarantine } from './open-quarantine';
import { platformHours } from './platform-hours';
import { platformLatency } from './platform-latency';
import { throughput } from './throughput';
import { throughputBand } from './throughput-band';

const overseer = testActor();
const insider = testActor({ institutionId: 1 });
const HOUR = 3_600_000;
const at = (text: string) => new Date(`2026-11-23T${text}Z`);
const iso = (date: Date, shiftMs = 0) => new Date(date.getTime() + shiftMs).toISOString();

/** Ten days at the same minute: day n ago holds n payments. Today holds more, of several outcomes and currencies. */
const history: MadePayment[] = Array.from({ length: 10 }, (_, n) => n + 1).flatMap((day) =>
  Array.from({ length: day }, () => ({ at: iso(at('08:02:00'), -day * 24 * HOUR), payer: 1, payee: 2, minor: 100 })),
);
const today: MadePayment[] = [
  { at: iso(at('08:02:10')), payer: 1, payee: 2, minor: 1000, bucket: 50 },
  { at: iso(at('08:02:50')), payer: 2, payee: 1, minor: 250, bucket: 50 },
  { at: iso(at('08:09:00')), payer: 3, payee: 2, minor: 70, bucket: 90 },
  { at: iso(at('09:59:59')), payer: 1, payee: 3, minor: 5, status: 'failed' },
  { at: iso(at('10:00:00')), payer: 1, payee: 3, minor: 7, status: 'declined' },
  { at: iso(at('10:00:30')), payer: 1, payee: 3, minor: 9, status: 'unknown' },
  { at: iso(at('10:00:40')), payer: 1, payee: 3, minor: 400, currency: 'JPY' },
];
const asOf = at('10:02:30');

let home: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  home = await freshDatabase();
  useConsoleDatabase(home.url);
  await makeInstitutions(home.pool, 4);
  await rollUp(home.pool, [...history, ...today]);
});
afterAll(async () => {
  await database().$disconnect();
  await home.drop();
});

describe('throughput', () => {
  const range = { from: at('08:00:00'), to: at('10:05:00') };

  test('counts every payment of every outcome and currency once, in its own step', async () => {
    for (const stepMs of [60_000, 300_000, HOUR]) {
      const steps = await throughput(overseer, { range, stepMs });
      expect(steps.reduce((sum, step) => sum + step.payments, 0)).toBe(today.length);
    }
    const slots = await throughput(overseer, { range, stepMs: 300_000 });
    expect(slots[0]).toEqual({ at: at('08:00:00'), payments: 2 });
  });

  test('the band says what past days held at the same time, quiet steps as zero, and how many days it knows', async () => {
    // The tenth day back begins at 08:00, as the range does; its first slot is the platform's first, so all ten are whole.
    const band = await throughputBand(overseer, { range, stepMs: 300_000 });
    expect(band?.days).toBe(10);
    expect(band?.steps).toHaveLength(25);
    expect(band?.steps[0]).toMatchObject({ position: 0, low: 1.9, high: 9.1 });
    expect(band?.steps[1]).toMatchObject({ low: 0, high: 0 });
  });

  test('there is no band of a span beyond a day, nor of too few days', async () => {
    expect(await throughputBand(overseer, { range: { from: at('08:00:00'), to: iso2(2) }, stepMs: 900_000 })).toBeNull();
    const early = { from: new Date(range.from.getTime() - 7 * 24 * HOUR), to: new Date(range.to.getTime() - 7 * 24 * HOUR) };
    expect(await throughputBand(overseer, { range: early, stepMs: 300_000 })).toBeNull();
  });

  test('the last whole minutes leave out the one still running, stand beside the same a week ago, and are an hour where little is paid', async () => {
    expect(await lastMinutes(overseer, { asOf: at('10:01:20') })).toEqual({
      minutes: 60,
      range: { from: at('09:01:00'), to: at('10:01:00') },
      payments: 4,
      before: null,
    });
    expect(await lastMinutes(overseer, { asOf: at('08:03:00') })).toMatchObject({ minutes: 60, payments: 2, before: 7 });
    expect(await lastMinutes(overseer, { asOf: at('05:00:00') })).toMatchObject({ payments: 0, before: null });
  });

  test('the last minutes of a busy platform are five', async () => {
    await home.pool.query(
      `insert into platform_minute (minute, currency, business_type, route, succeeded, declined, failed, unknown, amount_minor, latency)
       values ('2026-11-01T03:00:00Z', 'CNY', 'payout', 'cleared', 1900, 60, 40, 0, 1, '{}'), ('2026-11-01T02:30:00Z', 'CNY', 'payout', 'cleared', 9, 0, 0, 0, 1, '{}')`,
    );
    const { minutes, payments } = await lastMinutes(overseer, { asOf: new Date('2026-11-01T03:04:30Z') });
    expect([minutes, payments]).toEqual([5, 2000]);
  });
});

function iso2(days: number): Date {
  return new Date(at('08:00:00').getTime() + days * 24 * HOUR);
}

describe('amounts and outcomes', () => {
  test('the business day’s amount is of one currency and of what succeeded', async () => {
    const cny = await amountToday(overseer, { asOf, dataAt: asOf, currency: 'CNY' });
    expect(cny).toMatchObject({ today: 1320n, whole: 1320n, before: 700n, paymentsWhole: 4n, paymentsBefore: 7n });
    expect(cny.range).toEqual({ from: new Date('2026-11-22T16:00:00Z'), to: at('10:02:31') });
    expect(await amountToday(overseer, { asOf, dataAt: asOf, currency: 'JPY' })).toMatchObject({ today: 400n, whole: 0n, before: 0n });
  });

  test('in the past it ends with a whole slot, and its rows end there too', async () => {
    const past = await amountToday(overseer, { asOf: at('08:07:00'), dataAt: asOf, currency: 'CNY' });
    expect(past).toMatchObject({ today: 1250n, whole: 1250n, range: { to: at('08:05:00') } });
  });

  test('outcomes by hour add up to the payments, unknown apart from failed', async () => {
    const hours = await platformHours(overseer, { range: { from: at('08:00:00'), to: at('11:00:00') }, currency: 'CNY' });
    expect(hours).toEqual([
      { hour: at('08:00:00'), succeeded: 3n, declined: 0n, failed: 0n, unknown: 0n, amountMinor: 1320n },
      { hour: at('09:00:00'), succeeded: 0n, declined: 0n, failed: 1n, unknown: 0n, amountMinor: 0n },
      { hour: at('10:00:00'), succeeded: 1n, declined: 1n, failed: 0n, unknown: 1n, amountMinor: 0n },
    ]);
  });

  test('latency comes as histograms that answer for a percentile', async () => {
    const [first] = await platformLatency(overseer, { range: { from: at('08:00:00'), to: at('09:00:00') } });
    expect(quantile(first?.histogram ?? [], 0.5)).toBeCloseTo(1.1 ** 50.5, 6);
    expect(quantile(first?.histogram ?? [], 0.99)).toBeCloseTo(1.1 ** 90.5, 6);
  });
});

describe('largest flows', () => {
  test('both sides add up to what succeeded in that currency in those hours', async () => {
    const flows = await largestFlows(overseer, { range: { from: at('08:00:00'), to: at('11:00:00') }, currency: 'CNY', top: 1 });
    expect(flows.totalMinor).toBe(1320n);
    expect(flows.payers).toEqual([
      { id: '1:out', institutionId: 1, amountMinor: 1000n },
      { id: 'others:out', institutionId: null, amountMinor: 320n },
    ]);
    expect(flows.payees).toEqual([
      { id: '2:in', institutionId: 2, amountMinor: 1070n },
      { id: 'others:in', institutionId: null, amountMinor: 250n },
    ]);
    expect(flows.bands.reduce((sum, band) => sum + band.amountMinor, 0n)).toBe(1320n);
  });

  test('an hour without payments is an empty picture', async () => {
    const flows = await largestFlows(overseer, { range: { from: at('01:00:00'), to: at('02:00:00') }, currency: 'CNY', top: 15 });
    expect(flows).toMatchObject({ payers: [], payees: [], bands: [], totalMinor: 0n });
  });
});

describe('what is not well', () => {
  test('an institution the monitor has not spoken of is unknown, never up', async () => {
    await home.pool.query(
      `insert into institution_state (institution_id, state, layers, since)
       values (1, 'up', '{}', $1), (2, 'down', '{"network":"up","application":"down"}', $1), (3, 'no such state', '{}', $1)`,
      [asOf],
    );
    const states = await institutionStates(overseer, { locale: 'en' });
    expect(states.map((institution) => institution.state)).toEqual(['up', 'down', 'unknown', 'unknown']);
    expect(states[1]).toMatchObject({ name: 'Test Bank 2', layers: { network: 'up', application: 'down' }, since: asOf });
    expect((await institutionStates(insider, { locale: 'en' })).map((institution) => institution.id)).toEqual([1]);
  });

  test('open quarantined lines are counted now and as they were a week ago', async () => {
    const line = `insert into quarantined_line (institution_id, feed, line_no, reason, body, body_length, body_digest, received_at, resolved_at)
      values (1, 'transactions', 1, 'amount-scale', '', 0, '', $1, $2)`;
    await home.pool.query(line, [new Date(asOf.getTime() - 8 * 24 * HOUR), null]);
    await home.pool.query(line, [new Date(asOf.getTime() - 9 * 24 * HOUR), new Date(asOf.getTime() - 2 * 24 * HOUR)]);
    await home.pool.query(line, [new Date(asOf.getTime() - HOUR / 2), null]);
    const { open, openBefore, arrivals } = await openQuarantine(overseer, { asOf });
    expect({ open, openBefore }).toEqual({ open: 2, openBefore: 2 });
    expect(arrivals).toEqual([...Array.from({ length: 23 }, () => 0), 1]);
  });

  test('open alerts are counted now and as they stood a week ago, those of high severity apart', async () => {
    const { rows } = await home.pool.query<{ id: string }>(
      `insert into app_user (login, display_name, role, password_hash) values ('judge', 'Judge', 'compliance', '') returning id`,
    );
    const alert = `insert into alert (key, source, rule_id, rule_version, subject_type, subject_id, severity, score, opened_at, updated_at, state,
        disposed_at, disposed_by)
      values ($1, 'typology', 'cycle', 1, 'account', 'a', $2, 0.9, $3, $3, $4, $5, $6)`;
    const days = (n: number) => new Date(asOf.getTime() - n * 24 * HOUR);
    await home.pool.query(alert, ['stays', 'high', days(8), 'open', null, null]);
    await home.pool.query(alert, ['went', 'medium', days(9), 'dismissed', days(2), rows[0]?.id]);
    await home.pool.query(alert, ['gone before', 'low', days(10), 'dismissed', days(8), rows[0]?.id]);
    await home.pool.query(alert, ['came', 'low', new Date(asOf.getTime() - HOUR / 2), 'open', null, null]);
    const { open, high, openBefore, arrivals } = await openAlerts(overseer, { asOf });
    expect({ open, high, openBefore }).toEqual({ open: 2, high: 1, openBefore: 2 });
    expect(arrivals).toEqual([...Array.from({ length: 23 }, () => 0), 1]);
  });

  test('notices are facts: states, the newest check of each tier, lines quarantined by reason', async () => {
    const check = `insert into reconciliation (started_at, finished_at, tier, bucket_from, bucket_to, batch_id, buckets, raw_count, rollup_count, mismatches)
      values ($1, $1, 'platform_minute', $1, $1, 1, 10, 5, $2, $3)`;
    await home.pool.query(check, [new Date(asOf.getTime() - HOUR), 4, '[{"bucket":1}]']);
    await home.pool.query(check, [asOf, 5, '[]']);
    const told = await notices(overseer, { asOf, limit: 2 });
    expect(told.total).toBe(4);
    expect(told.mismatches).toBe(0);
    expect(told.notices.map((notice) => notice.kind)).toEqual(['state', 'state']);
    expect(told.notices[0]).toMatchObject({ kind: 'state', severity: 'critical', institutionId: 2, worstLayer: 'application' });
  });
});

test('an institution’s own people are refused every figure of the whole platform', async () => {
  const range = { from: at('08:00:00'), to: at('10:00:00') };
  for (const ask of [
    () => throughput(insider, { range, stepMs: HOUR }),
    () => throughputBand(insider, { range, stepMs: HOUR }),
    () => platformHours(insider, { range, currency: 'CNY' }),
    () => platformLatency(insider, { range }),
    () => amountToday(insider, { asOf, dataAt: asOf, currency: 'CNY' }),
    () => lastMinutes(insider, { asOf }),
    () => largestFlows(insider, { range, currency: 'CNY', top: 15 }),
    () => openQuarantine(insider, { asOf }),
    () => openAlerts(insider, { asOf }),
    () => notices(insider, { asOf, limit: 5 }),
  ])
    await expect(ask()).rejects.toThrow();
});
