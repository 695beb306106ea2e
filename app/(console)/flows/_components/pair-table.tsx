'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useMemo, useRef } from 'react';
import { cr5, hhi } from '@/domain/flows/concentration';
import type { FlowFigures } from '@/domain/flows/flow-figures';
import { type FlowLinkBase, pairLink, paymentsLink } from '@/domain/flows/flow-links';
import type { MatrixModel } from '@/domain/flows/matrix-model';
import type { CellDetail } from '@/domain/flows/matrix-wire';
import type { AmountUnit } from '@/domain/format/amount';
import { shareOf } from '@/domain/money';
import type { Compare } from '@/domain/time-range';
import { Change } from './change';
import { type PairColumn, type PairRow, pairRows, sortedPairs } from './pair-rows';
import { usePairTableState } from './pair-table-state';

const ROW_PX = 28;

type Table = {
  readonly model: MatrixModel;
  /** Cells listed. */
  readonly indices: readonly number[];
  readonly details: readonly (CellDetail | null)[] | undefined;
  readonly compare: Compare;
  readonly figures: FlowFigures;
  readonly links: FlowLinkBase;
  /** Which hours the figures cover, in words. */
  readonly notes?: readonly string[];
};

/** Every pair as a row, drawn only where it is in sight; amounts in one unit a column. */
export function PairTable({ model, indices, details, compare, figures, links, notes = [] }: Table) {
  const t = useTranslations('flows');
  const { sort, setSort, find, setFind } = usePairTableState();
  const all = useMemo(() => pairRows(model, indices, details, (count) => t('matrix.others', { count })), [model, indices, details, t]);
  const rows = useMemo(() => sortedPairs(all, sort, find), [all, sort, find]);
  const frame = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => frame.current, estimateSize: () => ROW_PX, overscan: 12 });
  const unpaid = useMemo(() => rows.filter((row) => row.amount === 0n).length, [rows]);
  const amounts = useMemo(() => rows.map((row) => row.amount), [rows]);
  const total = amounts.reduce((sum, amount) => sum + amount, 0n);
  const unit = useMemo(() => figures.unitOf(amounts), [figures, amounts]);
  const meanUnit = useMemo(() => figures.unitOf(middle(rows)), [figures, rows]);
  const spread = useMemo(() => ({ hhi: hhi(amounts), cr5: cr5(amounts) }), [amounts]);
  const columns: readonly { key: PairColumn; label: string; title?: string; numeric: boolean }[] = [
    { key: 'payer', label: t('table.payer'), numeric: false },
    { key: 'payee', label: t('table.payee'), numeric: false },
    { key: 'amount', label: `${t('metric.amount')} ${figures.labelOf(unit)}`, numeric: true },
    { key: 'share', label: t('table.share'), numeric: true },
    ...(compare === 'none' ? [] : [{ key: 'change' as const, label: t(`compare.short.${compare}`), numeric: true }]),
    { key: 'payments', label: t('table.payments'), title: t('table.paymentsTitle'), numeric: true },
    { key: 'mean', label: `${t('table.mean')} ${figures.labelOf(meanUnit)}`, numeric: true },
    { key: 'attempts', label: t('table.attempts'), title: t('table.attemptsTitle'), numeric: true },
    { key: 'success', label: t('table.success'), title: t('table.successTitle'), numeric: true },
  ];
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div className="pairs">
      <div className="pairs-find">
        <input
          type="search"
          value={find}
          onChange={(event) => setFind(event.target.value)}
          placeholder={t('table.find')}
          aria-label={t('table.find')}
        />
        <span className="meta cut">{notes.join(' · ')}</span>
      </div>
      <section ref={frame} className="pairs-rows" aria-label={t('table.label')} tabIndex={0}>
        <table className="tbl" aria-rowcount={rows.length + 1}>
          <thead>
            <tr>
              {columns.map(({ key, label, title, numeric }) => (
                <th
                  key={key}
                  className={numeric ? 'num' : undefined}
                  aria-sort={sort.column === key ? (sort.falling ? 'descending' : 'ascending') : 'none'}
                >
                  <button
                    type="button"
                    className="sorter"
                    title={title ?? t('table.sortBy', { column: label })}
                    onClick={() => setSort({ column: key, falling: sort.column === key ? !sort.falling : numeric })}
                  >
                    {label}
                    <span aria-hidden="true">{sort.column === key ? (sort.falling ? ' ↓' : ' ↑') : ''}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {before > 0 && <Gap height={before} columns={columns.length} />}
            {items.map(({ index }) => (
              <Row
                key={rows[index]?.index}
                row={rows[index] as PairRow}
                place={index + 2}
                total={total}
                units={{ amount: unit, mean: meanUnit }}
                compare={compare}
                figures={figures}
                links={links}
              />
            ))}
            {after > 0 && <Gap height={after} columns={columns.length} />}
          </tbody>
        </table>
        {rows.length === 0 && (
          <p className="empty-line">
            {t('table.noneFound')}{' '}
            <button type="button" className="lnk" onClick={() => setFind('')}>
              {t('table.clearFind')}
            </button>
          </p>
        )}
      </section>
      <div className="foot">
        <span>{t('table.count', { shown: figures.count(BigInt(rows.length)), total: figures.count(BigInt(all.length)) })}</span>
        {unpaid > 0 ? <span>{t('table.unpaid', { count: unpaid })}</span> : null}
        <span>
          {t('table.sum')} <b title={figures.exact(total)}>{figures.short(total)}</b>
        </span>
        <span className="push">
          {t('table.hhi')} {spread.hhi === null ? '—' : figures.count(BigInt(Math.round(spread.hhi)))}
        </span>
        <span>
          {t('table.cr5')} {spread.cr5 === null ? '—' : figures.percent(spread.cr5)}
        </span>
      </div>
    </div>
  );
}

function Gap({ height, columns }: { height: number; columns: number }) {
  return (
    <tr className="gap">
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}

function Row({
  row,
  place,
  total,
  units,
  compare,
  figures,
  links,
}: {
  row: PairRow;
  place: number;
  total: bigint;
  units: { amount: AmountUnit; mean: AmountUnit };
} & Pick<Table, 'compare' | 'figures' | 'links'>) {
  const t = useTranslations('flows');
  const pair = row.payerCode !== null && row.payeeCode !== null ? { payers: [row.payerCode], payees: [row.payeeCode] } : undefined;
  const href = pair && pairLink(links, pair.payers[0] as string, pair.payees[0] as string);
  return (
    <tr aria-rowindex={place}>
      <td className="cut">
        {href ? (
          <Link
            className="fig"
            href={href}
            prefetch={false}
            title={t('selection.openPair', { payer: row.payerName, payee: row.payeeName })}
          >
            {row.payer}
          </Link>
        ) : (
          row.payer
        )}{' '}
        <span className="t3 code">{row.payerCode}</span>
      </td>
      <td className="cut">
        <span title={row.payeeName}>{row.payee}</span> <span className="t3 code">{row.payeeCode}</span>
      </td>
      <td className="num">
        {pair ? (
          <Link
            className="fig"
            href={paymentsLink(links, { ...pair, succeededOnly: true })}
            prefetch={false}
            title={figures.exact(row.amount)}
          >
            {figures.inUnit(row.amount, units.amount)}
          </Link>
        ) : (
          figures.inUnit(row.amount, units.amount)
        )}
      </td>
      <td className="num t2">{total === 0n ? '—' : figures.percent(shareOf(row.amount, total), 2)}</td>
      {compare !== 'none' && (
        <td className="num">
          <Change of={row.change} />
        </td>
      )}
      <td className="num">
        <Counted of={row.payments} href={pair && paymentsLink(links, { ...pair, succeededOnly: true })} figures={figures} />
      </td>
      <td className="num">
        {row.mean === null ? '—' : <span title={figures.exact(row.mean)}>{figures.inUnit(row.mean, units.mean)}</span>}
      </td>
      <td className="num t2">
        <Counted of={row.attempts} href={pair && paymentsLink(links, { ...pair, succeededOnly: false })} figures={figures} />
      </td>
      <td className="num">{row.success === null ? '—' : figures.percent(row.success)}</td>
    </tr>
  );
}

/** A count that leads to its payments; dots while it is under way. */
function Counted({ of, href, figures }: { of: bigint | null; href: string | undefined; figures: FlowFigures }) {
  if (of === null) return '…';
  if (!href) return figures.count(of);
  return (
    <Link className="fig" href={href} prefetch={false}>
      {figures.count(of)}
    </Link>
  );
}

/** The middle mean: one large ticket must not turn a column of hundreds into hundredths. */
function middle(rows: readonly PairRow[]): readonly bigint[] {
  const means = rows.flatMap((row) => (row.mean === null ? [] : [row.mean])).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return means.slice(Math.floor(means.length / 2), Math.floor(means.length / 2) + 1);
}
