import type { FormatLocale } from './amount';

/** Whole numbers with thousands separators and a true minus: "1,842". */
export function formatCount(count: bigint | number): string {
  const whole = typeof count === 'bigint' ? count : BigInt(Math.round(count));
  const size = (whole < 0n ? -whole : whole).toString().replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return whole < 0n ? `−${size}` : size;
}

/** A number with a fixed count of decimals, grouped, with a true minus: 1842.25 → "1,842.3" at one decimal. */
export function formatDecimal(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  const [whole = '0', fraction] = text.split('.');
  const digits = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',') + (fraction ? `.${fraction}` : '');
  return value < 0 && Number(text) !== 0 ? `−${digits}` : digits;
}

const STEPS: Record<FormatLocale, readonly (readonly [bigint, string])[]> = {
  'zh-CN': [
    [100_000_000n, '亿'],
    [10_000n, '万'],
  ],
  en: [
    [1_000_000_000n, 'bn'],
    [1_000_000n, 'm'],
    [1_000n, 'k'],
  ],
};

/** A count short enough for an axis: 12,345 → "1.2 万" / "12.3k". Cut, not rounded, so that no threshold looks reached that is not. */
export function compactCount(count: bigint | number, locale: FormatLocale): string {
  const whole = typeof count === 'bigint' ? count : BigInt(Math.round(count));
  const size = whole < 0n ? -whole : whole;
  const step = STEPS[locale].find(([least]) => size >= least);
  if (!step) return formatCount(whole);
  const tenths = (size * 10n) / step[0];
  const text = tenths % 10n === 0n || tenths >= 1000n ? formatCount(tenths / 10n) : `${formatCount(tenths / 10n)}.${tenths % 10n}`;
  return `${whole < 0n ? '−' : ''}${text}${locale === 'zh-CN' ? ' ' : ''}${step[1]}`;
}
