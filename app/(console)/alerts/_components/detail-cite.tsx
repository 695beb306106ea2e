import Link from 'next/link';
import { type AlertWords, kindText } from '@/components/alerts/alert-words';
import type { AlertView } from '@/domain/alerts/alert-view';
import { formatDecimal } from '@/domain/format/count';

/** Under what it was raised, in which version, and how often that was worth it so far. */
export function DetailCite({ view, words }: { readonly view: AlertView; readonly words: AlertWords }) {
  const { alerts: t, rules } = words;
  const { row, detail, precision } = view;
  const title = kindText(words, row);
  const said =
    detail.kind === 'rule'
      ? t('detail.citeRule', {
          citation: rules.has(`citations.${detail.citation}`) ? rules(`citations.${detail.citation}`) : detail.citation,
          id: row.ruleId,
          version: row.ruleVersion,
        })
      : detail.kind === 'statistic'
        ? t('detail.citeStatistic', { title })
        : t('detail.citeTypology', { title, version: row.ruleVersion });
  const measured =
    precision.judged === 0
      ? t('detail.notMeasured')
      : t('detail.precision', {
          precision: formatDecimal(precision.good / precision.judged, 2),
          good: precision.good,
          judged: precision.judged,
        });
  return (
    <div className="al-cite">
      <span className="k">{t('detail.citation')}</span>
      <span>
        <Link className="lnk" prefetch={false} href={`/rules/${encodeURIComponent(row.ruleId)}`}>
          {said}
        </Link>
        {t('detail.citeJoin')}
        {measured}
      </span>
    </div>
  );
}
