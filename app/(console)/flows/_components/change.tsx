import { useTranslations } from 'next-intl';
import { Delta } from '@/components/glyphs/delta';

/** A change given as a fraction; a dash where there is nothing to compare with, a word where there was nothing before. */
export function Change({ of }: { of: number | null }) {
  const t = useTranslations('flows');
  if (of === Number.POSITIVE_INFINITY) return <span className="delta">{t('compare.fresh')}</span>;
  return <Delta value={of === null ? null : of * 100} />;
}
