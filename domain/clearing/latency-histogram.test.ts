import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BUCKETS,
  bucketOf,
  countLatency,
  histogramCount,
  type LatencyHistogram,
  lowerBoundMs,
  mergeHistograms,
  QUANTILE_ERROR_MAX,
  quantile,
} from './latency-histogram';

const histograms = fc.array(fc.nat(1_000_000), { maxLength: BUCKETS });
const durations = fc.array(fc.double({ min: 1, max: 600_000, noNaN: true }), { minLength: 1, maxLength: 200 });

function gather(samples: readonly number[]): LatencyHistogram {
  const histogram: number[] = [];
  for (const ms of samples) countLatency(histogram, ms);
  return histogram;
}

describe('a latency histogram', () => {
  test('adds up to the same in any order and grouping', () => {
    fc.assert(
      fc.property(histograms, histograms, histograms, (a, b, c) => {
        expect(mergeHistograms(a, b)).toEqual(mergeHistograms(b, a));
        expect(mergeHistograms(mergeHistograms(a, b), c)).toEqual(mergeHistograms(a, mergeHistograms(b, c)));
        expect(mergeHistograms(a, [])).toEqual(a);
      }),
    );
  });

  test('of two halves merged equals that of the whole', () => {
    fc.assert(
      fc.property(durations, durations, (a, b) => {
        expect(mergeHistograms(gather(a), gather(b))).toEqual(gather([...a, ...b]));
        expect(histogramCount(gather(a))).toBe(a.length);
      }),
    );
  });

  test('answers a quantile within the stated error of the true sample', () => {
    fc.assert(
      fc.property(durations, fc.double({ min: 0, max: 1, noNaN: true }), (samples, p) => {
        const sorted = samples.toSorted((a, b) => a - b);
        const exact = sorted[Math.max(1, Math.ceil(p * sorted.length)) - 1] as number;
        const answered = quantile(gather(samples), p) as number;
        expect(Math.abs(answered - exact) / exact).toBeLessThanOrEqual(QUANTILE_ERROR_MAX + 1e-9);
      }),
    );
  });

  test('puts every duration into the bucket whose bounds hold it', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 600_000, noNaN: true }), (ms) => {
        const bucket = bucketOf(ms);
        expect(ms).toBeGreaterThanOrEqual(lowerBoundMs(bucket));
        if (bucket < BUCKETS - 1) expect(ms).toBeLessThan(lowerBoundMs(bucket + 1));
      }),
    );
    for (let bucket = 0; bucket < BUCKETS; bucket++) expect(bucketOf(lowerBoundMs(bucket))).toBe(bucket);
  });

  test('holds the extremes, and says null of nothing', () => {
    expect(bucketOf(-5)).toBe(0);
    expect(bucketOf(0)).toBe(0);
    expect(bucketOf(Number.NaN)).toBe(0);
    expect(bucketOf(86_400_000)).toBe(BUCKETS - 1);
    expect(quantile([], 0.5)).toBeNull();
    expect(quantile([0, 0], 0.99)).toBeNull();
  });
});
