import { currencyPlaces } from '../currency';
import { toDecimal } from '../money';

export type FormatLocale = 'zh-CN' | 'en';

/** One unit of a chart, a column or a tile: `exponent` is the power of ten in major units that one step stands for. */
export type AmountUnit = { readonly exponent: number; readonly currency: string };

const EXPONENTS: Record<FormatLocale, readonly number[]> = { 'zh-CN': [8, 4, 0], en: [9, 6, 3, 0] };
const ZH_MAGNITUDE: Record<number, string> = { 8: '亿', 4: '万', 0: '' };
const EN_MAGNITUDE: Record<number, string> = { 9: 'bn', 6: 'm', 3: 'k', 0: '' };

/** The unit that suits the largest of `minors`, so that a whole column or chart is read in one. */
export function amountUnit(minors: bigint | readonly bigint[], currency: string, locale: FormatLocale): AmountUnit {
  let largest = 0n;
  for (const minor of typeof minors === 'bigint' ? [minors] : minors) if (abs(minor) > largest) largest = abs(minor);
  const places = placesOf(currency);
  const exponent = EXPONENTS[locale].find((power) => largest >= 10n ** BigInt(power + places)) ?? 0;
  return { exponent, currency };
}

/** "亿元", "万 USD", "¥bn", "USD m": what stands once in a caption or column head. */
export function amountUnitLabel({ exponent, currency }: AmountUnit, locale: FormatLocale): string {
  if (locale === 'zh-CN')
    return currency === 'CNY' ? `${ZH_MAGNITUDE[exponent] ?? ''}元` : `${ZH_MAGNITUDE[exponent] ?? ''} ${currency}`.trim();
  const magnitude = EN_MAGNITUDE[exponent] ?? '';
  return currency === 'CNY' ? `¥${magnitude}` : `${currency} ${magnitude}`.trim();
}

/**
 * Digits of an amount in `unit`, grouped, rounded half away from zero without leaving whole numbers.
 * A rounding that would reach the next unit is cut instead: 99,999,999.00 元 is 9,999.99 万元, never a full 亿.
 */
export function formatAmount(minor: bigint, unit: AmountUnit, locale: FormatLocale, decimals?: number): string {
  const places = placesOf(unit.currency);
  const wanted = decimals ?? (unit.exponent === 0 ? places : 2);
  const dropped = unit.exponent + places - wanted;
  if (dropped <= 0) return grouped(minor * 10n ** BigInt(-dropped), wanted);
  const step = 10n ** BigInt(dropped);
  const size = abs(minor);
  const rounded = (size + step / 2n) / step;
  const ceiling = nextUnit(unit.exponent, locale);
  const crosses =
    ceiling !== undefined && size < 10n ** BigInt(ceiling + places) && rounded >= 10n ** BigInt(ceiling - unit.exponent + wanted);
  const shown = crosses ? size / step : rounded;
  return grouped(minor < 0n ? -shown : shown, wanted);
}

/** The amount to its last minor unit with its currency: "478,200.00 元", "¥478,200.00", "USD 12.50". */
export function exactAmount(minor: bigint, currency: string, locale: FormatLocale): string {
  const digits = exactDigits(minor, currency);
  if (locale === 'zh-CN') return `${digits} ${currency === 'CNY' ? '元' : currency}`;
  if (currency !== 'CNY') return `${currency} ${digits}`;
  return digits.startsWith('−') ? `−¥${digits.slice(1)}` : `¥${digits}`;
}

/** The amount to its last minor unit, grouped, without currency: "478,200.00". */
export function exactDigits(minor: bigint, currency: string): string {
  return grouped(minor, placesOf(currency));
}

function nextUnit(exponent: number, locale: FormatLocale): number | undefined {
  const powers = EXPONENTS[locale];
  return powers[powers.indexOf(exponent) - 1];
}

function grouped(scaled: bigint, decimals: number): string {
  const digits = abs(scaled)
    .toString()
    .padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const fraction = decimals > 0 ? `.${digits.slice(-decimals)}` : '';
  return `${scaled < 0n ? '−' : ''}${whole}${fraction}`;
}

// A currency that ISO 4217 does not list never got in; toDecimal throws on it with a sentence.
function placesOf(currency: string): number {
  const places = currencyPlaces(currency);
  if (places === undefined) toDecimal({ minor: 0n, currency });
  return places ?? 0;
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
