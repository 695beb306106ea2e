import { expect, test } from 'vitest';
import { businessSuccessPpm, hourly, percentileMs, sumOutcomes, systemSuccessPpm } from './platform-figures';

const counts = { succeeded: 90n, declined: 6n, failed: 3n, unknown: 1n };

test('system success takes technical failures only, business success only what was answered', () => {
  expect(systemSuccessPpm(counts)).toBe(970_000);
  expect(businessSuccessPpm(counts)).toBe(937_500);
  expect(sumOutcomes([counts, counts])).toEqual({ succeeded: 180n, declined: 12n, failed: 6n, unknown: 2n, all: 200n });
});

test('an unknown payment is no failure, and nothing is no percentage', () => {
  expect(systemSuccessPpm({ succeeded: 0n, declined: 0n, failed: 0n, unknown: 9n })).toBe(1_000_000);
  expect(systemSuccessPpm({ succeeded: 0n, declined: 0n, failed: 0n, unknown: 0n })).toBeNull();
  expect(businessSuccessPpm({ succeeded: 0n, declined: 0n, failed: 4n, unknown: 9n })).toBeNull();
});

test('a percentile of two hours is of their payments together, not the mean of two percentiles', () => {
  const hour = new Date(0);
  const quick = { hour, histogram: [99] };
  const slow = { hour, histogram: [...Array.from({ length: 50 }, () => 0), 1] };
  expect(percentileMs([quick, slow], 0.5)).toBeCloseTo(Math.sqrt(1.1), 9);
  expect(percentileMs([], 0.99)).toBeNull();
});

test('hours without payments leave a gap', () => {
  const from = new Date('2026-11-23T08:00:00Z');
  const row = { hour: new Date('2026-11-23T09:00:00Z'), ...counts, amountMinor: 5n };
  expect(hourly([row], { from, hours: 3 }, (r) => Number(r.amountMinor))).toEqual([null, 5, null]);
});
