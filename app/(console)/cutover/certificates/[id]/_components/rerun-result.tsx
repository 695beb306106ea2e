import { useTranslations } from 'next-intl';
import { BusinessTime } from '@/components/figures/business-time';
import { SeverityGlyph } from '@/components/glyphs/severity-glyph';
import type { Rerun } from '@/server/queries/cut-over/rerun-certificate';

/** What taking the evidence again gave: the same bytes or not, which data came later, and whether that changes the answer. */
export function RerunResult({ rerun, batch }: { readonly rerun: Rerun; readonly batch: string }) {
  const t = useTranslations('cutover');
  const severity = !rerun.same ? 'critical' : rerun.reasonsNow.length > 0 ? 'major' : 'info';
  return (
    <section className="co-rerun co-screen" role="status">
      <p className="co-sentence">
        <SeverityGlyph severity={severity} size={14} />
        <span>{t(rerun.same ? 'rerun.same' : 'rerun.differs', { batch })}</span>
      </p>
      <p className="co-line">
        {rerun.later.length === 0
          ? t('rerun.nothingLater')
          : t('rerun.later', { rows: rerun.later.reduce((sum, { rows }) => sum + rows, 0), batches: rerun.later.length })}
        {rerun.later.length > 0
          ? rerun.reasonsNow.length === 0
            ? t('rerun.stillProven')
            : t('rerun.noLonger', { reasons: rerun.reasonsNow.map(({ code }) => t(`withheld.${code}.name`)).join(t('join')) })
          : null}
      </p>
      {rerun.later.length > 0 ? (
        <table className="tbl">
          <thead>
            <tr>
              <th>{t('rerun.receivedAt')}</th>
              <th>{t('column.institution')}</th>
              <th>{t('rerun.kind')}</th>
              <th className="num">{t('doc.rows')}</th>
              <th>{t('rerun.batch')}</th>
            </tr>
          </thead>
          <tbody>
            {rerun.later.slice(0, 20).map((one) => (
              <tr key={`${one.batch} ${one.kind}`}>
                <td>
                  <BusinessTime at={one.receivedAt} />
                </td>
                <td>{one.institution}</td>
                <td>{t(`rerun.kinds.${one.kind}`)}</td>
                <td className="num">{one.rows}</td>
                <td className="mono">{one.batch}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}
