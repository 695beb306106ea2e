import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Duration } from '@/components/figures/duration';
import { SeverityGlyph } from '@/components/glyphs/severity-glyph';
import { exactAmount, type FormatLocale } from '@/domain/format/amount';
import { formatCount } from '@/domain/format/count';
import { transactionLink, withSearch } from '@/domain/links';
import { keepsFromClosing } from '@/domain/settlement/break-kinds';
import { toBusinessText } from '@/domain/time-range';
import type { BreakRow } from '@/server/queries/settlement/breaks';

type BreakTableProps = {
  readonly rows: readonly BreakRow[];
  readonly locale: FormatLocale;
  readonly now: Date;
  readonly choosing: boolean;
  /** Shows who dealt with each, and how. */
  readonly handled: boolean;
};

/** What disagrees, with whom, since when, and who deals with it. */
export function BreakTable({ rows, locale, now, choosing, handled }: BreakTableProps) {
  const t = useTranslations('settlement');
  const words = (row: BreakRow, side: 'expected' | 'found') => {
    const minor = side === 'expected' ? row.expectedMinor : row.foundMinor;
    const text = side === 'expected' ? row.expected : row.found;
    if (row.kind === 'order' && row.origin === 'party')
      return side === 'found' && text ? t('breaks.ms', { ms: formatCount(Number(text)) }) : '—';
    if (row.kind === 'order' && text) return toBusinessText(new Date(text));
    if (row.kind === 'status' && text) return t.has(`breaks.status.${text}`) ? t(`breaks.status.${text}`) : text;
    if (text) return text;
    return minor === null ? '—' : exactAmount(minor, row.currency, locale);
  };
  return (
    <table className="tbl st-breaks">
      <thead>
        <tr>
          {choosing ? <th className="tick" aria-label={t('column.select')} /> : null}
          <th>{t('column.kind')}</th>
          <th>{t('column.session')}</th>
          <th>{t('column.institution')}</th>
          <th>{t('column.transaction')}</th>
          <th className="num">{t('column.expected')}</th>
          <th className="num">{t('column.found')}</th>
          <th className="num">{t('column.age')}</th>
          <th>{t('column.owner')}</th>
          {handled ? <th>{t('column.note')}</th> : null}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} data-break={row.id} data-kind={row.kind}>
            {choosing ? (
              <td className="tick">
                <input
                  type="checkbox"
                  name="chosen"
                  value={row.id}
                  aria-label={`${t('column.select')} ${t(`breaks.kind.${row.kind}`)} ${row.id}`}
                />
              </td>
            ) : null}
            <td title={keepsFromClosing(row.kind) ? t('breaks.blocks') : undefined}>
              <span className="row">
                <SeverityGlyph severity={keepsFromClosing(row.kind) ? 'critical' : 'major'} />
                {t(`breaks.kind.${row.kind}`)} <span className="t3">{t(`breaks.origin.${row.origin}`)}</span>
              </span>
            </td>
            <td>
              <Link className="fig" href={`/settlement/${row.sessionNo}`} prefetch={false}>
                {row.sessionNo}
              </Link>
            </td>
            <td>
              {row.institutionCode ? (
                <Link className="fig" href={withSearch(`/settlement/${row.sessionNo}/${row.institutionCode}`, {})} prefetch={false}>
                  {row.institution} <span className="code">{row.institutionCode}</span>
                </Link>
              ) : null}{' '}
              {row.party ? <span className="t3">{t(`breaks.party.${row.party}`)}</span> : null}
            </td>
            <td className="mono">
              {row.transactionId ? (
                <Link className="fig" href={transactionLink(row.transactionId)} prefetch={false}>
                  {row.transactionId}
                </Link>
              ) : (
                <span className="t3">{row.reference ?? '—'}</span>
              )}
            </td>
            <td className="num">{words(row, 'expected')}</td>
            <td className="num strong">{words(row, 'found')}</td>
            <td className="num">
              <Duration ms={(row.resolvedAt ?? row.healedAt ?? now).getTime() - row.detectedAt.getTime()} />
            </td>
            <td>{row.owner ?? <span className="t3">{t('breaks.unowned1')}</span>}</td>
            {handled ? (
              <td className="t2">
                {row.resolution
                  ? t('breaks.resolvedBy', {
                      who: row.resolvedBy ?? '—',
                      how: t(`breaks.resolution.${row.resolution}`),
                      note: row.note ?? '',
                    })
                  : row.healedAt
                    ? t('breaks.healed', { at: toBusinessText(row.healedAt).slice(5, 16) })
                    : '—'}
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
