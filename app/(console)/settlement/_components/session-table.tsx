import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Amount } from '@/components/figures/amount';
import { BusinessTime } from '@/components/figures/business-time';
import { SeverityGlyph } from '@/components/glyphs/severity-glyph';
import { type AmountUnit, amountUnitLabel, type FormatLocale } from '@/domain/format/amount';
import { formatCount } from '@/domain/format/count';
import { formatPercent, percentDigits } from '@/domain/format/percent';
import { transactionsLink, withSearch } from '@/domain/links';
import { ratioPpm } from '@/domain/money';
import { nettingEfficiencyPpm } from '@/domain/settlement/net-position';
import type { SessionRow } from '@/server/queries/settlement/sessions';
import { SessionState, sessionState } from './session-state';

type SessionTableProps = {
  readonly rows: readonly SessionRow[];
  readonly currency: string;
  readonly unit: AmountUnit;
  readonly locale: FormatLocale;
  readonly shared: Readonly<Record<string, string | undefined>>;
  readonly now: Date;
  readonly choosing: boolean;
};

/** One line a session, newest first; every figure opens what it counts. */
export function SessionTable({ rows, currency, unit, locale, shared, now, choosing }: SessionTableProps) {
  const t = useTranslations('settlement');
  const unitLabel = <span className="unit">{amountUnitLabel(unit, locale)}</span>;
  return (
    <table className="tbl st-sessions">
      <thead>
        <tr>
          {choosing ? <th className="tick" aria-label={t('column.select')} /> : null}
          <th>{t('column.session')}</th>
          <th className="only-l">{t('column.span')}</th>
          <th>{t('column.state')}</th>
          <th className="num only-l">{t('column.payments')}</th>
          <th className="num">
            {t('column.gross')}
            {unitLabel}
          </th>
          <th className="num only-l">
            {t('column.moves')}
            {unitLabel}
          </th>
          <th className="num only-l">{t('column.efficiency')}</th>
          <th className="num">{t('column.sum')}</th>
          <th className="num only-l">{t('column.cap')}</th>
          <th className="num">{t('column.breaks')}</th>
          <th className="num only-l">{t('column.late')}</th>
          <th className="num only-l st-final">{t('column.final')}</th>
          <th className="num st-wide">{t('column.finalAt')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const state = sessionState(row, now);
          const span = { from: row.opensAt, to: row.cutOffAt };
          const sum = row.inMinor - row.outMinor;
          const efficiency = nettingEfficiencyPpm({ grossMinor: row.outMinor, payingMinor: row.payingMinor });
          const href = withSearch(`/settlement/${row.no}`, shared);
          return (
            <tr key={row.no} data-session={row.no}>
              {choosing ? (
                <td className="tick">
                  {state === 'awaiting' || state === 'proposed' ? (
                    <input type="checkbox" name="chosen" value={row.no} aria-label={`${t('column.select')} ${row.no}`} />
                  ) : null}
                </td>
              ) : null}
              <td>
                <Link className="fig strong" href={href} prefetch={false}>
                  {row.no}
                </Link>
              </td>
              <td className="t2 only-l">
                <BusinessTime at={row.opensAt} form="minute" />–<BusinessTime at={row.cutOffAt} form="minute" />
              </td>
              <td>
                <SessionState state={state} />
                <span className="t3 only-l st-by nowrap">
                  {state === 'proposed'
                    ? t('stateBy.proposed', { who: row.proposedByName ?? '—' })
                    : state === 'closed'
                      ? t('stateBy.closed', { proposer: row.proposedByName ?? '—', confirmer: row.confirmedByName ?? '—' })
                      : null}
                </span>
              </td>
              <td className="num only-l">{formatCount(row.payments)}</td>
              <td className="num">
                <Link
                  className="fig"
                  href={transactionsLink({ range: span, currency, status: ['succeeded'], route: 'cleared' })}
                  prefetch={false}
                >
                  <Amount minor={row.outMinor} currency={currency} unit={unit} />
                </Link>
              </td>
              <td className="num only-l">
                <Link className="fig" href={href} prefetch={false}>
                  <Amount minor={-row.payingMinor} currency={currency} unit={unit} />
                </Link>
              </td>
              <td className="num only-l">{efficiency === null ? '—' : percentDigits(efficiency)}</td>
              <td className={sum === 0n ? 'num st-zero' : 'num st-wrong'} data-sum={sum.toString()}>
                <Link className="fig" href={`${href}#sigma`} prefetch={false}>
                  {sum === 0n ? null : <SeverityGlyph severity="critical" />} <Amount minor={sum} currency={currency} />
                </Link>
              </td>
              <td className="num only-l" title={row.capUseCode ?? undefined}>
                {row.capUsePpm === null ? (
                  <span className="t3">—</span>
                ) : (
                  <Link
                    className={row.capUsePpm > 800_000n ? 'fig st-hot' : 'fig'}
                    href={withSearch(`/settlement/${row.no}/${row.capUseCode}`, shared)}
                    prefetch={false}
                  >
                    {formatPercent(Number(row.capUsePpm), 1).replace('%', '')}
                  </Link>
                )}
              </td>
              <td className="num">
                {row.openBreaks === 0 ? (
                  <span className="t3">0</span>
                ) : (
                  <Link className="fig st-hot" href={withSearch('/settlement/breaks', { session: row.no })} prefetch={false}>
                    {formatCount(row.openBreaks)}
                  </Link>
                )}
              </td>
              <td className="num only-l">
                {row.lateIn + row.lateOut === 0 ? (
                  <span className="t3">0 / 0</span>
                ) : (
                  <Link className="fig" href={`${href}#late`} prefetch={false}>
                    {formatCount(row.lateIn)} / {formatCount(row.lateOut)}
                  </Link>
                )}
              </td>
              <td className="num only-l st-final">
                {row.finalMinor === null ? (
                  <span className="t3">—</span>
                ) : (
                  <Link
                    className="fig"
                    href={transactionsLink({ range: span, currency, status: ['succeeded'], route: 'cleared', final: 'yes' })}
                    prefetch={false}
                  >
                    {finalShare(row)}
                  </Link>
                )}
              </td>
              <td className="num t2 st-wide">
                {row.lastFinalAt && row.finalPayments === row.rowPayments ? <BusinessTime at={row.lastFinalAt} form="time" /> : '—'}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function finalShare({ finalMinor, rowMinor }: SessionRow): string {
  if (finalMinor === null || rowMinor === null) return '—';
  const ppm = ratioPpm(finalMinor, rowMinor);
  return ppm === null ? '—' : percentDigits(ppm, 1);
}
