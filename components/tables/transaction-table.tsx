'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type ReactNode, Suspense, use, useRef } from 'react';
import { formatCount } from '@/domain/format/count';
import type { TransactionRow } from '@/domain/transactions/transaction-row';
import type { TotalsWire } from '@/domain/transactions/transaction-totals';
import { useElementSize } from '../charts/element-size';
import { ColumnChooser } from './column-chooser';
import { useTablePreferences } from './table-preferences';
import { HIDDEN_AT_FIRST, TRANSACTION_COLUMNS } from './transaction-columns';
import { NarrowRow } from './transaction-narrow-row';
import { type TransactionCursor, type TransactionPage, useTransactionPages } from './transaction-pages';

export type MoreQuestion = {
  readonly search: string;
  readonly currency: string;
  readonly from: string;
  readonly to: string;
  readonly after: TransactionCursor;
};
type TransactionTableProps = {
  /** Address of the list, without what does not filter. */
  readonly address: string;
  readonly first: TransactionPage;
  /** The span that the first page is of: later pages keep to it while the data moves on. */
  readonly range: { readonly from: string; readonly to: string };
  readonly currency: string;
  readonly oneCurrency: string | null;
  readonly totals: Promise<TotalsWire>;
  readonly more: (question: MoreQuestion) => Promise<TransactionPage>;
  readonly empty: ReactNode;
};

const HEIGHTS = { dense: 28, roomy: 52 } as const;
const NARROW_PX = 620;

/** The payments of a filter as virtual rows that fetch themselves as one scrolls, with how many of how many at the foot. */
export function TransactionTable({ address, first, range, currency, oneCurrency, totals, more, empty }: TransactionTableProps) {
  const t = useTranslations('transactions');
  const [preferences, prefer] = useTablePreferences('transactions', HIDDEN_AT_FIRST);
  const [box, size] = useElementSize<HTMLDivElement>();
  const search = address.split('?')[1] ?? '';
  const pages = useTransactionPages({ first, range, box, fetch: (after, span) => more({ search, currency, ...span, after }) });
  const narrow = size.width > 0 && size.width < NARROW_PX;
  const roomy = preferences.density === 'roomy';
  const columns = TRANSACTION_COLUMNS.filter(
    (column) => !preferences.hidden.includes(column.id) && !(roomy && column.foldedIn === 'roomy'),
  );
  const height = narrow ? HEIGHTS.roomy : HEIGHTS[preferences.density];
  const rows = pages.rows;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 12,
    initialRect: { width: 1000, height: 600 },
    onChange: (instance) => {
      const last = instance.getVirtualItems().at(-1);
      if (last && last.index >= rows.length - 30) pages.wantMore();
    },
  });
  // Heights are cached by row: another density must measure anew.
  const measured = useRef(height);
  if (measured.current !== height) {
    measured.current = height;
    virtual.measure();
  }
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const context = { t, address, oneCurrency, roomy };
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || !(event.target instanceof HTMLAnchorElement)) return;
    const links = [...(box.current?.querySelectorAll<HTMLAnchorElement>('a[data-row], tbody a') ?? [])];
    const next = links[links.indexOf(event.target) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  };

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows move between the links that the rows hold. */}
      <div ref={box} className="txs-scroll fill" onKeyDown={move}>
        {pages.newer ? (
          <button type="button" className="btn txs-newer" onClick={pages.showNewest}>
            {t('table.fresh')}
          </button>
        ) : null}
        {rows.length === 0 ? (
          empty
        ) : narrow ? (
          <ul style={{ height: virtual.getTotalSize(), position: 'relative' }}>
            {items.map((item) => (
              <NarrowRow key={rows[item.index]?.key} row={rows[item.index] as TransactionRow} top={item.start} address={address} />
            ))}
          </ul>
        ) : (
          <table
            className={roomy ? 'tbl txs-table roomy' : 'tbl txs-table'}
            aria-label={t('table.label')}
            aria-rowcount={rows.length + 1}
            style={{ minWidth: columns.reduce((sum, { width }) => sum + width, 0) }}
          >
            <colgroup>
              {columns.map(({ id, width }) => (
                <col key={id} style={{ width }} />
              ))}
            </colgroup>
            <thead>
              <tr aria-rowindex={1}>
                {columns.map(({ id, numeric }) => (
                  <th key={id} className={numeric ? 'num' : undefined}>
                    {id === 'amount' && oneCurrency ? t('column.amountOf', { currency: oneCurrency }) : t(`column.${id}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              <Gap height={before} />
              {items.map((item) => {
                const row = rows[item.index] as TransactionRow;
                return (
                  <tr key={row.key} aria-rowindex={item.index + 2}>
                    {columns.map(({ id, numeric, cell }) => (
                      <td key={id} className={numeric ? 'num' : undefined} data-column={id}>
                        {cell(row, context)}
                      </td>
                    ))}
                  </tr>
                );
              })}
              <Gap height={after} />
            </tbody>
          </table>
        )}
        {pages.state === 'failed' ? (
          <p className="fault" role="alert">
            {t('table.failed')}
            <button type="button" className="btn" onClick={pages.retry}>
              {t('table.retry')}
            </button>
          </p>
        ) : null}
      </div>
      <div className="foot">
        <span role="status" data-testid="shown">
          <Suspense fallback={t('totals.shown', { shown: formatCount(rows.length) })}>
            <Shown totals={totals} rows={rows.length} atEnd={!pages.hasMore} />
          </Suspense>
        </span>
        <span className="only-l">{t('totals.order')}</span>
        <Suspense fallback={null}>
          <Origin totals={totals} />
        </Suspense>
        <span className="sp" />
        {pages.state === 'loading' ? <span>{t('table.loading')}</span> : null}
        {narrow ? null : (
          <ColumnChooser
            columns={TRANSACTION_COLUMNS.map(({ id }) => ({ id, label: t(`column.${id}`) }))}
            preferences={preferences}
            onChange={prefer}
          />
        )}
      </div>
    </>
  );
}

function Gap({ height }: { readonly height: number }) {
  return height > 0 ? (
    <tr>
      <td className="gap" style={{ height }} />
    </tr>
  ) : null;
}

// A list that has been read to its end is counted by that alone.
function Shown({ totals, rows, atEnd }: { readonly totals: Promise<TotalsWire>; readonly rows: number; readonly atEnd: boolean }) {
  const t = useTranslations('transactions');
  const counted = use(totals);
  const shown = formatCount(rows);
  if (counted.kind === 'exact') return t('totals.shownOf', { shown, total: formatCount(BigInt(counted.count)) });
  if (atEnd) return t('totals.shownOf', { shown, total: shown });
  if (counted.kind === 'atLeast')
    return t('totals.shownOf', { shown, total: t('totals.atLeast', { count: formatCount(BigInt(counted.count)) }) });
  return t('totals.shown', { shown });
}

function Origin({ totals }: { readonly totals: Promise<TotalsWire> }) {
  const t = useTranslations('transactions');
  const counted = use(totals);
  return counted.kind === 'exact' ? <span className="only-l">{t(`totals.${counted.from}`)}</span> : null;
}
