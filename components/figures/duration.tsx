import { useLocale } from 'next-intl';
import { formatCount } from '@/domain/format/count';
import { formatDuration } from '@/domain/format/duration';
import { formatLocale } from './format-locale';

/** A span of time in at most two units; null shows a dash. */
export function Duration({ ms }: { readonly ms: number | null }) {
  const locale = formatLocale(useLocale());
  if (ms === null) return <span className="t3">—</span>;
  return (
    <span className="nowrap" title={`${formatCount(ms)} ms`}>
      {formatDuration(ms, locale)}
    </span>
  );
}
