import { useLocale } from 'next-intl';
import { compactCount, formatCount } from '@/domain/format/count';
import { formatLocale } from './format-locale';

/** A count of things; compact where room is short, then the exact number shows on hover and on copy. */
export function Count({ value, compact = false }: { readonly value: bigint | number | string; readonly compact?: boolean }) {
  const locale = formatLocale(useLocale());
  const count = typeof value === 'string' ? BigInt(value) : value;
  const exact = formatCount(count);
  if (!compact) return <span className="nowrap">{exact}</span>;
  return (
    <span className="nowrap" title={exact} data-exact={exact.replaceAll(',', '')}>
      {compactCount(count, locale)}
    </span>
  );
}
