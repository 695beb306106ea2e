import { getTranslations } from 'next-intl/server';
import { ChartFrame } from '@/components/charts/chart-frame';
import { migratedShare } from '@/domain/cut-over/share';
import { formatCount } from '@/domain/format/count';
import { formatPercent } from '@/domain/format/percent';
import type { TrendDay } from '@/server/queries/cut-over/cut-over-trend';
import { compare } from './board-figures';

/** Residual direct debits a day as bars, and the migrated share of each day as digits; the same as a table. */
export async function TrendFigure({ days, hrefOf }: { readonly days: readonly TrendDay[]; readonly hrefOf: (day: string) => string }) {
  const t = await getTranslations('cutover');
  const most =
    days
      .map(({ residualCount }) => residualCount)
      .toSorted(compare)
      .at(-1) || 1n;
  const [first, last] = [days[0], days.at(-1)];
  const summary =
    first && last
      ? t('trend.summary', {
          from: first.day,
          to: last.day,
          first: formatCount(first.residualCount),
          last: formatCount(last.residualCount),
          share: formatPercent(migratedShare(last.clearedCount, last.residualCount)),
        })
      : t('trend.none');
  return (
    <ChartFrame
      title={t('trend.title')}
      unit={t('trend.unit')}
      summary={summary}
      className="co-trend"
      table={
        <table className="tbl">
          <thead>
            <tr>
              <th>{t('column.day')}</th>
              <th className="num">{t('column.residual')}</th>
              <th className="num">{t('column.shareCount')}</th>
              <th className="num">{t('column.shareValue')}</th>
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day.day}>
                <td>{day.day}</td>
                <td className="num">
                  <a className="fig" href={hrefOf(day.day)}>
                    {formatCount(day.residualCount)}
                  </a>
                </td>
                <td className="num">{formatPercent(migratedShare(day.clearedCount, day.residualCount))}</td>
                <td className="num">{formatPercent(migratedShare(day.clearedMinor, day.residualMinor))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    >
      <div className="co-bars">
        {days.map((day, n) => (
          <a
            key={day.day}
            href={hrefOf(day.day)}
            title={t('trend.day', {
              day: day.day,
              count: formatCount(day.residualCount),
              share: formatPercent(migratedShare(day.clearedCount, day.residualCount)),
            })}
            aria-label={t('trend.day', {
              day: day.day,
              count: formatCount(day.residualCount),
              share: formatPercent(migratedShare(day.clearedCount, day.residualCount)),
            })}
          >
            <span className="value">
              {n === 0 || n === days.length - 1 || day.residualCount === most ? formatCount(day.residualCount) : ''}
            </span>
            <span
              className="col"
              style={{ height: `${Math.max(day.residualCount > 0n ? 2 : 0, Number((day.residualCount * 100n) / most) * 0.72)}%` }}
            />
            <span className="day">{days.length <= 16 || n % 7 === 0 ? day.day.slice(8) : '\u00a0'}</span>
          </a>
        ))}
      </div>
    </ChartFrame>
  );
}
