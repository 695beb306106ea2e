import { useLocale } from 'next-intl';
import { type AmountUnit, amountUnit, amountUnitLabel, exactAmount, exactDigits, formatAmount } from '@/domain/format/amount';
import { formatLocale } from './format-locale';

type AmountProps = {
  /** Minor units, as a whole number or its decimal string off the wire. */
  readonly minor: bigint | string;
  readonly currency: string;
  /** The unit of the column or chart this stands in; without one the amount shows to its last minor unit. */
  readonly unit?: AmountUnit | 'auto';
  readonly decimals?: number;
  /** Writes the unit behind the digits: tiles and sentences do, columns carry it in their head. */
  readonly withUnit?: boolean;
};

/** The one place that formats money. Hover and copy give the exact value. */
export function Amount({ minor, currency, unit, decimals, withUnit = false }: AmountProps) {
  const locale = formatLocale(useLocale());
  const value = BigInt(minor);
  const exact = exactAmount(value, currency, locale);
  if (unit === undefined)
    return (
      <span className="nowrap" title={exact} data-exact={exactDigits(value, currency).replaceAll(',', '')}>
        {withUnit ? exact : exactDigits(value, currency)}
      </span>
    );
  const chosen = unit === 'auto' ? amountUnit(value, currency, locale) : unit;
  return (
    <span className="nowrap" title={exact} data-exact={exactDigits(value, currency).replaceAll(',', '')}>
      {formatAmount(value, chosen, locale, decimals)}
      {withUnit ? <span className="unit">{amountUnitLabel(chosen, locale)}</span> : null}
    </span>
  );
}
