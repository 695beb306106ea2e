import { currencyPlaces } from '@/domain/currency';
import { type AmountUnit, amountUnit, amountUnitLabel, type FormatLocale, formatAmount } from '@/domain/format/amount';
import type { PictureAmounts } from '@/domain/tracing/canvas/picture';
import { shownAmounts, type TraceView } from '@/domain/tracing/canvas/scene';

/** How amounts of one picture are written: all in one unit. */
export type TraceUnit = { readonly unit: AmountUnit; readonly decimals: number; readonly label: string; readonly locale: FormatLocale };

/** A unit in which the source has at least three digits, so that its hundredth parts still say something. */
export function traceUnit(sourceMinor: bigint, currency: string, locale: FormatLocale): TraceUnit {
  const unit = amountUnit(sourceMinor / 100n, currency, locale);
  const places = currencyPlaces(currency) ?? 2;
  const small = sourceMinor < 1_000n * 10n ** BigInt(places);
  return { unit, decimals: unit.exponent === 0 ? (small ? places : 0) : 1, label: amountUnitLabel(unit, locale), locale };
}

/** "88.0", or "41.0–63.2" where the methods disagree. */
export function amountText(amounts: PictureAmounts, view: TraceView, unit: TraceUnit): string {
  const { low, high } = shownAmounts(amounts, view);
  return spanText(low, high, unit);
}

export function spanText(low: bigint, high: bigint, unit: TraceUnit): string {
  const [least, most] = [minorText(low, unit), minorText(high, unit)];
  return least === most ? least : `${least}–${most}`;
}

/** An amount that is not nothing is never written as nothing. */
export function minorText(minor: bigint, { unit, decimals, locale }: TraceUnit): string {
  const text = formatAmount(minor, unit, locale, decimals);
  if (minor === 0n || /[1-9]/.test(text)) return minor === 0n ? '0' : text;
  return `<${decimals === 0 ? '1' : `0.${'0'.repeat(decimals - 1)}1`}`;
}
