import { useLocale, useTranslations } from 'next-intl';
import { formatLocale } from '@/components/figures/format-locale';
import { SeverityGlyph } from '@/components/glyphs/severity-glyph';
import { formatDuration } from '@/domain/format/duration';
import { businessDay } from '@/domain/time-range';

/** When a case is due and how far that is; what is over is said in words and with a glyph, not by colour alone. */
export function Due({ dueAt, at, closed }: { readonly dueAt: Date | null; readonly at: Date; readonly closed: boolean }) {
  const t = useTranslations('cases');
  const locale = formatLocale(useLocale());
  if (dueAt === null) return <span className="t3">{t('noDue')}</span>;
  const leftMs = dueAt.getTime() - at.getTime();
  const day = businessDay(dueAt);
  if (closed) return <span className="nowrap">{day}</span>;
  const age = formatDuration(Math.abs(leftMs), locale);
  return leftMs < 0 ? (
    <span className="nowrap cs-late" title={day}>
      <SeverityGlyph severity="major" size={11} /> {t('overdueBy', { age })}
    </span>
  ) : (
    <span className="nowrap" title={day}>
      {day} <span className="t3">{t('dueIn', { age })}</span>
    </span>
  );
}
