import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRange, resolveRange } from '../time-range';
import { chartStepMs, MAX_POINTS } from './chart-step';
import { HOUR_MS, rollupWindow, SLOT_MS } from './rollup-window';

const dataAt = new Date('2026-11-23T09:46:52.751Z');
const windowOf = (text: string, bucketMs: number, at = dataAt) => {
  const choice = parseRange(text);
  return rollupWindow({ choice, range: resolveRange(choice, at), dataAt: at, bucketMs });
};

test('the last 24 hours are 24 whole hours that end with the one still filling, and its rows end with the data', () => {
  expect(windowOf('24h', HOUR_MS)).toEqual({
    buckets: { from: new Date('2026-11-22T10:00:00Z'), to: new Date('2026-11-23T10:00:00Z') },
    rows: { from: new Date('2026-11-22T10:00:00Z'), to: new Date('2026-11-23T09:46:53Z') },
    moved: true,
  });
});

test('data that ends exactly on the hour still has its newest row inside', () => {
  const { buckets, rows } = windowOf('24h', HOUR_MS, new Date('2026-11-23T10:00:00Z'));
  expect(buckets.to).toEqual(new Date('2026-11-23T11:00:00Z'));
  expect(rows.to).toEqual(new Date('2026-11-23T10:00:01Z'));
});

test('the last hour in whole hours holds all of that hour, however young the present one is', () => {
  const { buckets } = windowOf('1h', HOUR_MS, new Date('2026-11-23T10:02:00Z'));
  expect(buckets).toEqual({ from: new Date('2026-11-23T09:00:00Z'), to: new Date('2026-11-23T11:00:00Z') });
});

test('an absolute span on the hour is taken as it is, another grows to whole hours and says so', () => {
  expect(windowOf('2026-11-20~2026-11-21', HOUR_MS)).toMatchObject({ moved: false, rows: { to: new Date('2026-11-20T16:00:00Z') } });
  expect(windowOf('2026-11-20T09:10~2026-11-20T09:20', HOUR_MS)).toMatchObject({
    moved: true,
    buckets: { from: new Date('2026-11-20T01:00:00Z'), to: new Date('2026-11-20T02:00:00Z') },
  });
});

test('buckets of a day are business days', () => {
  expect(windowOf('7d', 24 * HOUR_MS).buckets).toEqual({ from: new Date('2026-11-16T16:00:00Z'), to: new Date('2026-11-23T16:00:00Z') });
});

test('no trend has more points than a screen can show, and every step falls on the clock', () => {
  fc.assert(
    fc.property(fc.integer({ min: 60_000, max: 4000 * 86_400_000 }), (span) => {
      const step = chartStepMs({ from: new Date(0), to: new Date(span) });
      expect(Math.ceil(span / step)).toBeLessThanOrEqual(MAX_POINTS + 1);
      expect(step <= 86_400_000 ? 86_400_000 % step : step % 86_400_000).toBe(0);
      if (span > 6 * HOUR_MS) expect(step % SLOT_MS).toBe(0);
    }),
  );
});
