import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellState } from './cell-state';
import { coverage, migratedShare, shareText } from './share';
import { addDays, dayStart, daysBetween, dayWindow, lastClosedDay } from './window';

test('a share says all only where nothing is left, and nothing only where all is, whatever the amounts', () => {
  const some = fc.bigInt({ min: 0n, max: 2n ** 62n });
  fc.assert(
    fc.property(some, some, (cleared, residual) => {
      const share = migratedShare(cleared, residual);
      if (cleared + residual === 0n) expect(share).toBeNull();
      else expect(share === 1_000_000).toBe(residual === 0n);
      if (share !== null) expect(BigInt(share) * (cleared + residual)).toBeLessThanOrEqual(cleared * 1_000_000n);
    }),
  );
  expect(shareText(migratedShare(2n, 1n))).toBe('0.666666');
  expect(shareText(coverage({ used: 0, covered: 0 }))).toBeNull();
});

test('a business day closes at three in the morning of the next, in business time', () => {
  expect(lastClosedDay(new Date('2026-11-24T02:59:59+08:00'))).toBe('2026-11-22');
  expect(lastClosedDay(new Date('2026-11-24T03:00:00+08:00'))).toBe('2026-11-23');
  expect(dayWindow(new Date('2026-11-24T12:00:00+08:00'), 7)).toEqual({ from: '2026-11-17', to: '2026-11-23', days: 7 });
  expect(dayStart('2026-11-23').toISOString()).toBe('2026-11-22T16:00:00.000Z');
  expect([addDays('2026-02-28', 1), daysBetween('2026-11-17', '2026-11-23')]).toEqual(['2026-03-01', 7]);
});

test('a cell is at zero only by days that were proven, and one without residual but without proof is unproven', () => {
  expect(cellState({ daysAtZero: 7, recentResidual: 0n }, 7)).toBe('zero');
  expect(cellState({ daysAtZero: 6, recentResidual: 0n }, 7)).toBe('settling');
  expect(cellState({ daysAtZero: 0, recentResidual: 1n }, 7)).toBe('direct');
  expect(cellState({ daysAtZero: 0, recentResidual: 0n }, 7)).toBe('unproven');
});
