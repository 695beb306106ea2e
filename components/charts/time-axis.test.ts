import fc from 'fast-check';
import { expect, test } from 'vitest';
import { axisNumber, niceCeiling, timeTicks, timeTickText } from './time-axis';

test('the marks of an axis differ from one another, however small what it measures', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-5, max: 1e9, noNaN: true }), (top) => {
      const ceiling = niceCeiling(top);
      const marks = [0, 0.25, 0.5, 0.75, 1].map((share) => axisNumber(share * ceiling, ceiling));
      expect(new Set(marks).size).toBe(5);
    }),
  );
});

test('a span of years is marked with years, a day with its hours', () => {
  const at = Date.parse('1993-06-01T00:00:00+08:00');
  expect(timeTickText(at, 6 * 365 * 86_400_000)).toBe('1993-06');
  expect(timeTickText(at, 2 * 365 * 86_400_000)).toBe('1993-06-01');
  expect(timeTickText(at + 3_600_000, 86_400_000)).toBe('01:00');
});

test('no span has more marks than there is room for', () => {
  fc.assert(
    fc.property(fc.integer({ min: 60_000, max: 2 ** 40 }), (span) => {
      expect(timeTicks(0, span, 9).length).toBeLessThanOrEqual(10);
    }),
  );
});
