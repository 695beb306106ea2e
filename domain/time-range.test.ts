import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  businessDay,
  comparedRange,
  DAY_MS,
  formatRange,
  parseRange,
  readRange,
  resolveRange,
  startOfBusinessDay,
  toShortBusinessText,
} from './time-range';

const instant = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });

test('an absolute range survives the address bar to the second', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: 1, max: 10_000_000 }), (at, seconds) => {
      const from = new Date(Math.floor(at.getTime() / 1000) * 1000);
      const range = { from, to: new Date(from.getTime() + seconds * 1000) };
      expect(parseRange(formatRange(range))).toEqual({ kind: 'absolute', range });
    }),
  );
});

test('nonsense in the address bar is the last 24 hours, never an error', () => {
  for (const text of [undefined, '', 'x', '2026-13-40~2026-01-01', '2026-02-01~2026-01-01', "1';--"])
    expect(parseRange(text)).toEqual({ kind: 'live', preset: '24h' });
});

test('the business day turns over at 16:00 UTC', () => {
  expect(businessDay(new Date('2026-11-22T15:59:59Z'))).toBe('2026-11-22');
  expect(businessDay(new Date('2026-11-22T16:00:00Z'))).toBe('2026-11-23');
  fc.assert(
    fc.property(instant, (at) => {
      const start = startOfBusinessDay(at);
      expect(at.getTime() - start.getTime()).toBeGreaterThanOrEqual(0);
      expect(at.getTime() - start.getTime()).toBeLessThan(DAY_MS);
      expect(businessDay(start)).toBe(businessDay(at));
    }),
  );
});

test('comparing with the same weekday moves by whole weeks and never overlaps the range', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: 1, max: 40 * DAY_MS }), (to, span) => {
      const range = { from: new Date(to.getTime() - span), to };
      const compared = comparedRange(range, 'weekday');
      expect(compared && (range.from.getTime() - compared.from.getTime()) % (7 * DAY_MS)).toBe(0);
      expect(compared && compared.to <= range.from).toBe(true);
    }),
  );
});

test('a live range ends where the data ends', () => {
  const dataAt = new Date('2026-11-23T09:00:00Z');
  expect(resolveRange(parseRange('24h'), dataAt)).toEqual({ from: new Date('2026-11-22T09:00:00Z'), to: dataAt });
});

test('a day that the calendar has not got is no range', () => {
  expect(readRange('2026-02-31~2026-03-05')).toBeNull();
  expect(readRange('2026-02-28~2026-03-01')).toMatchObject({ kind: 'absolute' });
});

test('a short moment names its year only where it is not the present one', () => {
  const now = new Date('2026-11-23T09:00:00Z');
  expect(toShortBusinessText(new Date('2026-01-01T00:30:00Z'), now)).toBe('01-01 08:30');
  expect(toShortBusinessText(new Date('2025-12-31T15:59:00Z'), now)).toBe('2025-12-31 23:59');
});
