import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amountUnit, amountUnitLabel, exactAmount, formatAmount } from './amount';
import { compactCount, formatCount, formatDecimal } from './count';
import { formatDuration } from './duration';
import { formatPercent, percentDigits } from './percent';

const locale = fc.constantFrom('zh-CN' as const, 'en' as const);
const amount = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
const inUnit = (minor: bigint, currency: string, language: 'zh-CN' | 'en') => {
  const unit = amountUnit(minor, currency, language);
  return `${formatAmount(minor, unit, language)} ${amountUnitLabel(unit, language)}`;
};

describe('amounts', () => {
  test('99,999,999 yuan is not yet a hundred million, one fen more is', () => {
    expect(inUnit(9_999_999_900n, 'CNY', 'zh-CN')).toBe('9,999.99 万元');
    expect(inUnit(9_999_999_999n, 'CNY', 'zh-CN')).toBe('9,999.99 万元');
    expect(inUnit(10_000_000_000n, 'CNY', 'zh-CN')).toBe('1.00 亿元');
    expect(inUnit(99_999_999_999n, 'CNY', 'en')).toBe('999.99 ¥m');
    expect(inUnit(100_000_000_000n, 'CNY', 'en')).toBe('1.00 ¥bn');
  });

  test('a column in one unit rounds each of its cells half away from zero', () => {
    const unit = amountUnit(23_306_000_000_00n, 'CNY', 'zh-CN');
    expect(amountUnitLabel(unit, 'zh-CN')).toBe('亿元');
    expect(formatAmount(23_306_499_999n, unit, 'zh-CN')).toBe('2.33');
    expect(formatAmount(23_350_000_000n, unit, 'zh-CN', 1)).toBe('2.3');
    expect(formatAmount(-23_350_000_000n, unit, 'zh-CN')).toBe('−2.34');
    expect(formatAmount(1n, unit, 'zh-CN')).toBe('0.00');
  });

  test('units and places follow the currency', () => {
    expect(inUnit(47_820_000n, 'CNY', 'zh-CN')).toBe('47.82 万元');
    expect(inUnit(47_820_000n, 'CNY', 'en')).toBe('478.20 ¥k');
    expect(inUnit(999_999n, 'JPY', 'en')).toBe('999.99 JPY k');
    expect(inUnit(999n, 'JPY', 'zh-CN')).toBe('999 JPY');
    expect(inUnit(1_234_567_890n, 'USD', 'zh-CN')).toBe('1,234.57 万 USD');
    expect(exactAmount(47_820_000n, 'CNY', 'zh-CN')).toBe('478,200.00 元');
    expect(exactAmount(-47_820_000n, 'CNY', 'en')).toBe('−¥478,200.00');
    expect(exactAmount(1001n, 'KWD', 'en')).toBe('KWD 1.001');
  });

  test('a shown amount is never further from the truth than one unit of its last place', () => {
    fc.assert(
      fc.property(amount, locale, fc.constantFrom('CNY', 'USD', 'JPY', 'KWD'), (minor, language, currency) => {
        const unit = amountUnit(minor, currency, language);
        const places = { CNY: 2, USD: 2, JPY: 0, KWD: 3 }[currency] ?? 2;
        const decimals = unit.exponent === 0 ? places : 2;
        const shown = BigInt(formatAmount(minor, unit, language).replaceAll(/[,.]/g, '').replace('−', '-'));
        const step = 10n ** BigInt(unit.exponent + places - decimals);
        const off = shown * step - minor;
        expect((off < 0n ? -off : off) < step || step === 1n).toBe(true);
      }),
    );
  });

  test('the exact amount holds every digit beyond what a double can', () => {
    expect(exactAmount(9_007_199_254_740_993n, 'CNY', 'en')).toBe('¥90,071,992,547,409.93');
  });
});

describe('counts, shares and spans', () => {
  test('counts are grouped and compact ones are cut, never rounded up', () => {
    expect(formatCount(1842)).toBe('1,842');
    expect(formatCount(-1842n)).toBe('−1,842');
    expect(compactCount(99_999_999n, 'zh-CN')).toBe('9,999 万');
    expect(compactCount(12_345n, 'zh-CN')).toBe('1.2 万');
    expect(compactCount(12_399n, 'en')).toBe('12.3k');
    expect(compactCount(999n, 'en')).toBe('999');
    expect(formatDecimal(-0.004, 2)).toBe('0.00');
  });

  test('what is not all is not 100 % and what is not nothing is not 0 %', () => {
    expect(percentDigits(999_999)).toBe('99.99');
    expect(percentDigits(1_000_000)).toBe('100.00');
    expect(percentDigits(996_230)).toBe('99.62');
    expect(formatPercent(0)).toBe('0.00%');
    expect(formatPercent(null)).toBe('—');
  });

  test('spans show at most two units and carry over', () => {
    expect(formatDuration(842, 'zh-CN')).toBe('842 毫秒');
    expect(formatDuration(1_400, 'en')).toBe('1.4 s');
    expect(formatDuration(59_960, 'en')).toBe('1 min');
    expect(formatDuration(192_000, 'en')).toBe('3 min 12 s');
    expect(formatDuration(7_500_000, 'zh-CN')).toBe('2 小时 5 分');
    expect(formatDuration(90_000_000, 'en')).toBe('1 d 1 h');
  });
});
