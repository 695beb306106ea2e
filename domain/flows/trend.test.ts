import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trendBand, trendSeries, trendTimes } from './trend';
import { alignToSteps, MAX_POINTS, trendStepS } from './trend-step';

const origin = new Date('2026-01-01T00:00:00+08:00');

describe('the steps of a trend', () => {
  it('are never more than a screen can show, and cover the range', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30_000_000 }), fc.integer({ min: 1, max: 100_000_000 }), (startS, spanS) => {
        const range = { from: new Date(origin.getTime() + startS * 1000), to: new Date(origin.getTime() + (startS + spanS) * 1000) };
        const stepS = trendStepS(range);
        const aligned = alignToSteps(range, stepS, origin);
        const times = trendTimes(aligned, stepS);
        expect(times.length).toBeLessThanOrEqual(MAX_POINTS);
        expect(aligned.from <= range.from && aligned.to >= range.to).toBe(true);
      }),
    );
  });
});

describe('a series', () => {
  const at = new Date('2026-11-23T10:00:00+08:00');
  const bucket = { at, route: null, succeeded: 97n, declined: 1n, failed: 1n, unknown: 1n, amount: 500n };
  const times = [at.getTime(), at.getTime() + 60_000, at.getTime() + 120_000];
  const dataAt = new Date(at.getTime() + 90_000);

  it('is zero where nothing was paid and nothing where time has not come', () => {
    expect(trendSeries([bucket], { times, metric: 'amount', dataAt })).toEqual([500n, 0n, null]);
    expect(trendSeries([bucket], { times, metric: 'count', dataAt })).toEqual([97n, 0n, null]);
  });

  it('has no success rate where nothing was asked, and counts only technical failures against the platform', () => {
    expect(trendSeries([bucket], { times, metric: 'success', dataAt })).toEqual([0.99, null, null]);
  });

  it('lies over the present when an earlier span is shifted onto it', () => {
    const week = 7 * 86_400_000;
    const earlier = { ...bucket, at: new Date(at.getTime() - week) };
    expect(trendSeries([earlier], { times, metric: 'amount', shiftMs: week, dataAt })).toEqual([500n, 0n, 0n]);
  });

  it('makes a band of two earlier spans or more, and none of one', () => {
    expect(
      trendBand([
        [1n, 5n, null],
        [3n, 2n, 4n],
      ]),
    ).toEqual([[1n, 3n], [2n, 5n], null]);
  });
});
