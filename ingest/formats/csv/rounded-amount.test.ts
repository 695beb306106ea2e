import fc from 'fast-check';
import { expect, it } from 'vitest';
import { currencyPlaces } from '@/domain/currency';
import { roundedAmount } from './rounded-amount';

it.each([
  ['664.942391784752', 'SEK', '664.94'],
  ['0.125', 'USD', '0.12'],
  ['0.135', 'USD', '0.14'],
  ['0.1350000001', 'USD', '0.14'],
  ['9.995', 'USD', '10.00'],
  ['60.94', 'JPY', '61'],
  ['0.5', 'JPY', '0'],
  ['1.5', 'JPY', '2'],
  ['12.50', 'CNY', undefined],
  ['12.500', 'CNY', undefined],
  ['12', 'CNY', undefined],
  ['1e3', 'CNY', undefined],
  ['1.234', 'XXX', undefined],
])('%s %s is rounded to %s', (decimal, currency, rounded) => {
  expect(roundedAmount(decimal, currency)).toBe(rounded);
});

it('a rounded amount is at most half a minor unit away', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 24n }), fc.constantFrom('USD', 'JPY', 'KWD'), (units, currency) => {
      const digits = units.toString().padStart(10, '0');
      const decimal = `${digits.slice(0, -9)}.${digits.slice(-9)}`;
      if (digits.length > 26) return;
      const rounded = roundedAmount(decimal, currency);
      if (rounded === undefined) return;
      const places = currencyPlaces(currency) as number;
      const [whole = '', fraction = ''] = rounded.split('.');
      const back = BigInt(whole + fraction.padEnd(9, '0'));
      const away = back > units ? back - units : units - back;
      expect(2n * away <= 10n ** BigInt(9 - places)).toBe(true);
    }),
  );
});
