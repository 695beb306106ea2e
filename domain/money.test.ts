import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { currencyPlaces } from './currency';
import { MAX_MINOR, parseAmount, parseMinor, ratioPpm, toDecimal } from './money';

const currency = fc.constantFrom('CNY', 'JPY', 'VUV', 'KWD', 'USD', 'CLF');

describe('amounts', () => {
  test('an amount written as a decimal and read back is the same whole number of minor units', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: MAX_MINOR / 100_000n }), currency, (minor, code) => {
        expect(parseAmount(toDecimal({ minor, currency: code }), code)).toEqual({ ok: true, minor });
      }),
    );
  });

  test('a digit that the currency cannot carry is refused, a zero is not', () => {
    expect(parseAmount('60.94', 'JPY')).toEqual({ ok: false, fault: 'amount-scale' });
    expect(parseAmount('60.00', 'JPY')).toEqual({ ok: true, minor: 60n });
    expect(parseAmount('1.001', 'KWD')).toEqual({ ok: true, minor: 1001n });
    expect(parseMinor('10.5', 'CNY')).toEqual({ ok: false, fault: 'amount-scale' });
  });

  test('zero, negative, huge and malformed amounts each have their own fault', () => {
    expect(parseAmount('0.00', 'CNY')).toEqual({ ok: false, fault: 'amount-zero' });
    expect(parseAmount('-1', 'CNY')).toEqual({ ok: false, fault: 'amount-negative' });
    expect(parseMinor((MAX_MINOR + 1n).toString(), 'CNY')).toEqual({ ok: false, fault: 'amount-range' });
    expect(parseMinor('1'.repeat(40), 'CNY')).toEqual({ ok: false, fault: 'amount-range' });
    expect(parseAmount(`${'9'.repeat(19)}.00`, 'CNY')).toEqual({ ok: false, fault: 'amount-range' });
    expect(parseAmount(`-${'9'.repeat(19)}`, 'CNY')).toEqual({ ok: false, fault: 'amount-negative' });
    for (const text of ['', '1e400', 'NaN', '1,000', ' 1', '.5', '5.', '0x10', '１'])
      expect(parseAmount(text, 'CNY')).toEqual({ ok: false, fault: 'amount-syntax' });
    expect(parseAmount('1', 'ZZZ')).toEqual({ ok: false, fault: 'currency-unknown' });
  });

  test('sums beyond 2^53 stay exact', () => {
    const trillion = parseAmount('90000000000000.01', 'CNY');
    expect(trillion).toEqual({ ok: true, minor: 9_000_000_000_000_001n });
  });

  test('ISO 4217 places are known for the currencies that trap the unwary', () => {
    expect(['JPY', 'VUV', 'BHD', 'CNY', 'XAU'].map(currencyPlaces)).toEqual([0, 0, 3, 2, undefined]);
  });
});

test('a ratio of nothing is no number', () => {
  expect(ratioPpm(1n, 0n)).toBeNull();
  expect(ratioPpm(1n, 3n)).toBe(333_333);
});
