import { expect, test } from 'vitest';
import { largestExcursion } from './excursion';

const point = (at: number, value: number | null) => ({ at, value, low: 90, high: 110 });
const series = (...values: (number | null)[]) => values.map((value, at) => point(at, value));

test('three points in a row far below the band are one excursion, with its farthest point', () => {
  expect(largestExcursion(series(100, 80, 60, 70, 100), 10)).toEqual({ from: 1, to: 3, direction: 'below', extremePercent: -40 });
});

test('two points, a small step outside, or too few payments are no excursion', () => {
  expect(largestExcursion(series(100, 50, 50, 100), 10)).toBeNull();
  expect(largestExcursion(series(88, 88, 88, 88), 10)).toBeNull();
  expect(largestExcursion(series(50, 50, 50, 50), 0.1)).toBeNull();
  expect(largestExcursion(series(79, 79, 79), 1)).toBeNull();
  expect(largestExcursion(series(79, 79, 79), 10)).not.toBeNull();
});

test('a gap in the data ends a stretch, and so does the other side of the band', () => {
  expect(largestExcursion(series(50, 50, null, 50, 50), 10)).toBeNull();
  expect(largestExcursion(series(50, 50, 150, 150, 100), 10)).toBeNull();
});
