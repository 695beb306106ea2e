import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, startOfBusinessDay } from '../time-range';
import { nearestRanges } from './nearest-range';

const moment = fc.integer({ min: 0, max: 1_800_000_000 }).map((seconds) => new Date(seconds * 1000));

test('from an empty range one gets to whole business days that hold the nearest payment, on either side', () => {
  fc.assert(
    fc.property(moment, fc.integer({ min: 60, max: 90_000_000 }), moment, moment, (from, seconds, before, after) => {
      const range = { from, to: new Date(from.getTime() + seconds * 1000) };
      const { earlier, later } = nearestRanges(range, { before, after });
      for (const [span, at] of [
        [earlier, before],
        [later, after],
      ] as const) {
        expect(span && span.from <= at && at < span.to).toBe(true);
        expect(span && startOfBusinessDay(span.from)).toEqual(span?.from);
        const days = ((span?.to.getTime() ?? 0) - (span?.from.getTime() ?? 0)) / DAY_MS;
        expect(Math.abs(days - Math.min(31, seconds / 86_400))).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('where nothing lies in a direction nothing is offered there', () => {
  const range = { from: new Date(0), to: new Date(DAY_MS) };
  expect(nearestRanges(range, { before: null, after: null })).toEqual({ earlier: undefined, later: undefined });
});
