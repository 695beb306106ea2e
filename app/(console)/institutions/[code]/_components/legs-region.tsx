import { getTranslations } from 'next-intl/server';
import { LatencyAxis, LatencyWhisker } from '@/components/charts/latency-whisker';
import { formatCount } from '@/domain/format/count';
import { momentText } from '@/domain/format/moment';
import type { TimeRange } from '@/domain/time-range';
import type { LegLatency } from '@/server/queries/institutions/leg-latency';

/** How long a payment stays with it in each part that it plays, by its own leg records. */
export async function LegsRegion({ legs, hours }: { legs: readonly LegLatency[]; hours: TimeRange }) {
  const t = await getTranslations('institutions');
  const ms = (value: number) => formatCount(Math.round(value));
  return (
    <section className="region r-t">
      <div className="cap">
        <h2>{t('page.legs')}</h2>
        <span className="meta">{t('page.legsCaption', { from: momentText(hours.from), to: momentText(hours.to) })}</span>
      </div>
      {legs.length === 0 ? (
        <p className="meta ip-note">{t('page.legsNone')}</p>
      ) : (
        <section className="ip-scroll" tabIndex={0} aria-label={t('page.legs')}>
          <table className="tbl ip-legs">
            <thead>
              <tr>
                <th scope="col">{t('page.partyHead')}</th>
                <th scope="col" className="num">
                  {t('page.legsHead')}
                </th>
                <th scope="col" className="num">
                  p50
                </th>
                <th scope="col" className="num">
                  p95
                </th>
                <th scope="col" className="num">
                  p99
                </th>
                <th scope="col" aria-label={t('columns.whisker')}>
                  <LatencyAxis />
                </th>
              </tr>
            </thead>
            <tbody>
              {legs.map((leg) => (
                <tr key={leg.party}>
                  <th scope="row">{t(`page.party.${leg.party}`)}</th>
                  <td className="num t2">{formatCount(leg.legs)}</td>
                  <td className="num t2">{ms(leg.p50Ms)}</td>
                  <td className="num t2">{ms(leg.p95Ms)}</td>
                  <td className="num">{ms(leg.p99Ms)}</td>
                  <td>
                    <LatencyWhisker {...leg} title={t('row.whisker', { p50: ms(leg.p50Ms), p95: ms(leg.p95Ms), p99: ms(leg.p99Ms) })} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}
