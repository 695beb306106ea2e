import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boardAxis } from '@/domain/overview/board-axis';
import { database } from '@/server/database';
import { useConsoleDatabase } from '@/server/testing/console-environment';
import { freshDatabase } from '@/server/testing/fresh-database';
import { type MadePayment, makeInstitutions, rollUp } from '@/server/testing/rolled-up-day';
import { testActor } from '@/server/testing/test-actor';
import { boardFigures } from './board-figures';
import { boardRows } from './board-rows';
import { counterparties } from './counterparties';
import { institutionIdentity } from './institution-identity';
import { institutionLatency } from './institution-latency';
import { institutionTrend } from './institution-trend';
import { legLatency } from './leg-latency';

const DAY_MS = 86_400_000;
const overseer = testActor();
const insider = testActor({ institutionId: 2 });
const at = (text: string) => new Date(`2026-11-${text}Z`);

const payments: MadePayment[] = [
  { at: '2026-11-23T08:10:00Z', payer: 1, payee: 2, minor: 1000, bucket: 50 },
  { at: '2026-11-23T08:20:00Z', payer: 1, payee: 3, intermediary: 4, minor: 300, bucket: 60 },
  { at: '2026-11-23T09:00:00Z', payer: 1, payee: 2, minor: 40, status: 'failed' },
  { at: '2026-11-23T09:30:00Z', payer: 2, payee: 1, minor: 70, bucket: 50 },
  { at: '2026-11-23T09:40:00Z', payer: 2, payee: 1, minor: 5, status: 'declined' },
  { at: '2026-11-23T09:50:00Z', payer: 2, payee: 2, minor: 11 },
  { at: '2026-11-23T09:55:00Z', payer: 2, payee: 1, minor: 900, currency: 'JPY', status: 'unknown' },
  { at: '2026-11-20T17:00:00Z', payer: 3, payee: 1, minor: 17 },
];
const day = { from: at('23T08:00:00'), to: at('23T10:00:00') };
const week = { from: at('19T16:00:00'), to: at('23T16:00:00') };

let home: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  home = await freshDatabase();
  useConsoleDatabase(home.url);
  await makeInstitutions(home.pool, 5);
  await rollUp(home.pool, payments);
  await home.pool.query(
    `insert into leg_hour (hour, institution_id, party, legs, latency) values
     ($1, 2, 'payee_bank', 3, '{0,0,3}'), ($1, 2, 'payer_bank', 1, '{0,1}'), ($2, 2, 'payer_bank', 9, '{9}')`,
    [at('23T09:00:00'), at('23T10:00:00')],
  );
});
afterAll(async () => {
  await database().$disconnect();
  await home.drop();
});

describe('the board', () => {
  test('outcomes are of one role and all currencies, amounts of one currency and both directions', async () => {
    const rows = await boardRows(overseer, { range: day, axis: boardAxis(day), role: 'payer', currency: 'CNY' });
    expect(rows.get(1)).toMatchObject({ succeeded: 2n, declined: 0n, failed: 1n, unknown: 0n, outMinor: 1300n, inMinor: 70n });
    expect(rows.get(2)).toMatchObject({ succeeded: 2n, declined: 1n, failed: 0n, unknown: 1n, outMinor: 81n, inMinor: 1011n });
    expect(rows.get(5)).toBeUndefined();
  });

  test('net positions of all institutions add up to zero', async () => {
    for (const role of ['payer', 'payee', 'intermediary'] as const) {
      const rows = await boardRows(overseer, { range: day, axis: boardAxis(day), role, currency: 'CNY' });
      expect([...rows.values()].reduce((sum, row) => sum + row.inMinor - row.outMinor, 0n)).toBe(0n);
    }
  });

  test('hours and business days add up to the same', async () => {
    const of = async (range: typeof day, axis = boardAxis(range)) =>
      await boardRows(overseer, { range, axis, role: 'payer', currency: 'CNY' });
    const inHours = await of(week, { tier: 'hour', bucketMs: 3_600_000 });
    expect(inHours.size).toBeGreaterThan(0);
    expect(inHours).toEqual(await of(week));
    expect((await of(day)).get(1)).toMatchObject({ succeeded: 2n, failed: 1n });
  });

  test('a payment at 01:00 in Beijing belongs to that business day', async () => {
    const second = { from: new Date(week.from.getTime() + DAY_MS), to: new Date(week.from.getTime() + 2 * DAY_MS) };
    const rows = await boardRows(overseer, { range: second, axis: { tier: 'day', bucketMs: DAY_MS }, role: 'payer', currency: 'CNY' });
    expect(rows.get(3)).toMatchObject({ succeeded: 1n, failed: 0n });
  });

  test('percentiles are of merged histograms', async () => {
    const latency = await institutionLatency(overseer, { range: day, axis: boardAxis(day), role: 'payer' });
    expect(latency.get(1)?.p50Ms).toBeCloseTo(1.1 ** 60.5, 6);
    expect(latency.get(3)).toBeUndefined();
  });

  test('the board’s figures, of which what is over and what fills are asked apart, are those of the whole span', async () => {
    for (const range of [day, week]) {
      const asked = { range, axis: boardAxis(range), role: 'payer', currency: 'CNY' } as const;
      const board = await boardFigures(overseer, asked);
      expect(new Map(board.rows)).toEqual(await boardRows(overseer, asked));
      expect(new Map(board.latency)).toEqual(await institutionLatency(overseer, asked));
    }
  });

  test('an institution’s own people see one row', async () => {
    expect([...(await boardRows(insider, { range: day, axis: boardAxis(day), role: 'payer', currency: 'CNY' })).keys()]).toEqual([2]);
    expect([...(await institutionLatency(insider, { range: week, axis: boardAxis(week), role: 'payer' })).keys()]).toEqual([2]);
  });
});

describe('one institution', () => {
  const axis = boardAxis(day);

  test('is found by its code in the language asked for, by its own people and by overseers only', async () => {
    expect(await institutionIdentity(overseer, { code: 'T0002', locale: 'zh-CN' })).toMatchObject({
      id: 2,
      name: '测试银行2',
      state: 'unknown',
    });
    expect(await institutionIdentity(overseer, { code: 'T9999', locale: 'en' })).toBeNull();
    expect(await institutionIdentity(insider, { code: 'T0002', locale: 'en' })).toMatchObject({ name: 'Test Bank 2' });
    expect(await institutionIdentity(insider, { code: 'T0001', locale: 'en' })).toBeNull();
  });

  test('its counterparties add up to what its trend says it paid and took in', async () => {
    for (const institutionId of [1, 2, 3]) {
      const trend = await institutionTrend(overseer, { institutionId, range: day, axis, currency: 'CNY' });
      const pairs = await counterparties(overseer, { institutionId, range: day, axis, currency: 'CNY' });
      const of = (direction: string) =>
        pairs.filter((pair) => pair.direction === direction).reduce((sum, pair) => sum + pair.amountMinor, 0n);
      const byRole = (role: string) => trend.filter((row) => row.role === role).reduce((sum, row) => sum + row.amountMinor, 0n);
      expect(of('out')).toBe(byRole('payer'));
      expect(of('in')).toBe(byRole('payee'));
    }
  });

  test('a payment to itself counts once a side', async () => {
    const pairs = await counterparties(overseer, { institutionId: 2, range: day, axis, currency: 'CNY' });
    expect(pairs.filter((pair) => pair.counterpartyId === 2).map(({ direction, amountMinor }) => [direction, amountMinor])).toEqual([
      ['out', 11n],
      ['in', 11n],
    ]);
  });

  test('latency per leg comes in the order that a payment passes, of whole hours in the span only', async () => {
    const legs = await legLatency(overseer, { institutionId: 2, range: day });
    expect(legs.map(({ party, legs }) => [party, legs])).toEqual([
      ['payer_bank', 1n],
      ['payee_bank', 3n],
    ]);
  });

  test('of a foreign institution nothing is told', async () => {
    expect(await institutionTrend(insider, { institutionId: 1, range: day, axis, currency: 'CNY' })).toEqual([]);
    expect(await counterparties(insider, { institutionId: 1, range: day, axis, currency: 'CNY' })).toEqual([]);
    expect(await legLatency(insider, { institutionId: 1, range: day })).toEqual([]);
  });
});
