import { type AmountUnit, amountUnit, amountUnitLabel, exactAmount, type FormatLocale, formatAmount } from '../format/amount';
import { formatCount, formatDecimal } from '../format/count';

/** Figures of one currency in one language, always from whole minor units. */
export type FlowFigures = {
  /** Every digit, with its unit: for hover, copy and speech. */
  readonly exact: (amount: bigint) => string;
  /** In its own unit, for a figure that stands alone. */
  readonly short: (amount: bigint, decimals?: number) => string;
  readonly split: (amount: bigint) => { readonly figure: string; readonly unit: string };
  /** The unit in which the largest of these reads best. */
  readonly unitOf: (amounts: readonly bigint[]) => AmountUnit;
  readonly labelOf: (unit: AmountUnit) => string;
  readonly inUnit: (amount: bigint, unit: AmountUnit) => string;
  /** Like `inUnit`, without decimals that say nothing: for round numbers on an axis. */
  readonly tick: (amount: bigint, unit: AmountUnit) => string;
  readonly count: (count: bigint) => string;
  /** 0.191 → "19.1%". */
  readonly percent: (share: number, decimals?: number) => string;
};

export function flowFigures({ locale, currency }: { locale: FormatLocale; currency: string }): FlowFigures {
  const labelOf = (unit: AmountUnit) => amountUnitLabel(unit, locale);
  const stands = (figure: string, unit: AmountUnit) => {
    const label = labelOf(unit);
    // "¥10.06m" but "USD 10.06 m" and "1,006.31 万元": only the sign of the yuan stands before its digits.
    if (!label.startsWith('¥')) return locale === 'en' ? label.replace(currency, `${currency} ${figure}`) : `${figure} ${label}`;
    return figure.startsWith('−') ? `−¥${figure.slice(1)}${label.slice(1)}` : `¥${figure}${label.slice(1)}`;
  };
  return {
    exact: (amount) => exactAmount(amount, currency, locale),
    short: (amount, decimals) => {
      const unit = amountUnit(amount, currency, locale);
      return stands(formatAmount(amount, unit, locale, decimals), unit);
    },
    split: (amount) => {
      const unit = amountUnit(amount, currency, locale);
      return { figure: formatAmount(amount, unit, locale), unit: labelOf(unit) };
    },
    unitOf: (amounts) => amountUnit(amounts, currency, locale),
    labelOf,
    inUnit: (amount, unit) => formatAmount(amount, unit, locale),
    tick: (amount, unit) =>
      formatAmount(amount, unit, locale)
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, ''),
    count: formatCount,
    percent: (share, decimals = 1) => `${formatDecimal(share * 100, decimals)}%`,
  };
}
