import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RATE_UNITS, rateText, rateUnit } from './rate-unit';

test('no rate above one payment a day reads as nothing', () => {
  fc.assert(
    fc.property(fc.double({ min: 1.2e-5, max: 1e5, noNaN: true }), (perSecond) => {
      const unit = rateUnit(perSecond);
      expect(perSecond * RATE_UNITS[unit]).toBeGreaterThanOrEqual(0.1);
      expect(Number(rateText(perSecond, unit).replaceAll(',', ''))).toBeGreaterThan(0);
    }),
  );
});

test('a busy platform is measured by the second, one of a few payments a day by the day', () => {
  expect([1842, 0.4, 0.02, 0.0012, 0.00005, 0].map(rateUnit)).toEqual(['second', 'second', 'minute', 'hour', 'day', 'second']);
  expect(rateText(1842.4)).toBe('1,842');
  expect(rateText(0.4)).toBe('0.40');
  expect(rateText(0)).toBe('0');
  expect(rateText(null)).toBe('—');
});
