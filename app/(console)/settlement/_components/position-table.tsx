import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Amount } from '@/components/figures/amount';
import { BusinessTime } from '@/components/figures/business-time';
import { Duration } from '@/components/figures/duration';
import { type AmountUnit, amountUnitLabel, type FormatLocale } from '@/domain/format/amount';
import { formatCount } from '@/domain/format/count';
import { percentDigits } from '@/domain/format/percent';
import { transactionsLink, withSearch } from '@/domain/links';
import { shareOf } from '@/domain/money';
import { extremes, sizeOf } from '@/domain/settlement/extremes';
import { netOf } from '@/domain/settlement/net-position';
import type { TimeRange } from '@/domain/time-range';
import type { PositionRow } from '@/server/queries/settlement/positions';
import { positionFigures } from './position-figures';

type PositionTableProps = {
  readonly no: string;
  readonly rows: readonly PositionRow[];
  readonly span: TimeRange;
  readonly currency: string;
  readonly unit: AmountUnit;
  readonly locale: FormatLocale;
  readonly shared: Readonly<Record<string, string | undefined>>;
  readonly paceMinutes: number;
  readonly collecting: boolean;
};

/** Every participant, the deepest debit first: who owes whom, how near its cap, for how long still. */
export function PositionTable({ no, rows, span, currency, unit, locale, shared, paceMinutes, collecting }: PositionTableProps) {
  const t = useTranslations('settlement');
  const unitLabel = <span className="unit">{amountUnitLabel(unit, locale)}</span>;
  const most = extremes(rows.map((row) => sizeOf(netOf(row)))).highest;
  const link = (side: 'payer' | 'payee', code: string) =>
    transactionsLink({ range: span, currency, [side]: [code], status: ['succeeded'], route: 'cleared' });
  return (
    <table className="tbl st-positions">
      <thead>
        <tr>
          <th>{t('column.institution')}</th>
          <th className="num">
            {t('column.in')}
            {unitLabel}
          </th>
          <th className="num">
            {t('column.out')}
            {unitLabel}
          </th>
          <th className="num">
            {t('column.net')}
            {unitLabel}
          </th>
          <th className="st-net only-l" aria-label={t('column.net')} />
          <th className="num st-wide">{t('column.counts')}</th>
          <th className="num">{t('column.cap')}</th>
          <th className="num">{t('column.headroom')}</th>
          <th className="num">{t('column.peak')}</th>
          <th className="num">{t('column.agent')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const { netMinor, usePpm, peakMinor, peakPpm, headroom } = positionFigures(row, { paceMinutes, collecting });
          return (
            <tr key={row.code} data-institution={row.code} data-net={netMinor.toString()}>
              <td>
                <Link className="fig" href={withSearch(`/settlement/${no}/${row.code}`, shared)} prefetch={false}>
                  {row.name} <span className="code">{row.code}</span>
                </Link>
              </td>
              <td className="num">
                <Link className="fig" href={link('payee', row.code)} prefetch={false}>
                  <Amount minor={row.inMinor} currency={currency} unit={unit} />
                </Link>
              </td>
              <td className="num">
                <Link className="fig" href={link('payer', row.code)} prefetch={false}>
                  <Amount minor={row.outMinor} currency={currency} unit={unit} />
                </Link>
              </td>
              <td className={netMinor < 0n ? 'num out strong' : netMinor > 0n ? 'num in strong' : 'num t3'}>
                {netMinor > 0n ? '+' : ''}
                <Amount minor={netMinor} currency={currency} unit={unit} />
              </td>
              <td className="st-net only-l">
                <NetBar share={shareOf(sizeOf(netMinor), most)} owes={netMinor < 0n} />
              </td>
              <td className="num t2 st-wide">
                {formatCount(row.inCount)} / {formatCount(row.outCount)}
              </td>
              <td className={usePpm !== null && usePpm > 800_000 ? 'num st-hot' : 'num'}>{share(usePpm)}</td>
              <td className="num">{headroom === null ? <span className="t3">—</span> : <Duration ms={headroom * 60_000} />}</td>
              <td
                className={peakPpm !== null && peakPpm > 800_000 ? 'num st-hot' : 'num'}
                title={peakMinor === null ? undefined : peakMinor.toString()}
              >
                {share(peakPpm)}{' '}
                {row.lowestAt && peakPpm ? (
                  <span className="t3">
                    <BusinessTime at={row.lowestAt} form="minute" />
                  </span>
                ) : null}
              </td>
              <td className="num">
                {row.agentMinor === null ? (
                  <span className="t3">—</span>
                ) : row.agentMinor === netMinor ? (
                  <span className="t2">=</span>
                ) : (
                  <span className="st-wrong">
                    <Amount minor={row.agentMinor} currency={currency} unit={unit} />
                  </span>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function share(ppm: number | null) {
  return ppm === null ? <span className="t3">—</span> : percentDigits(ppm, 1);
}

/** Out to the left of the middle, in to the right: direction by place and by colour. */
function NetBar({ share: size, owes }: { readonly share: number; readonly owes: boolean }) {
  const width = Math.max(size * 50, size > 0 ? 0.6 : 0);
  return (
    <svg viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
      <line x1="50" x2="50" y1="0" y2="14" stroke="var(--line-strong)" vectorEffect="non-scaling-stroke" />
      <rect x={owes ? 50 - width : 50} y="3" width={width} height="8" fill={owes ? 'var(--direction-out)' : 'var(--direction-in)'} />
    </svg>
  );
}
