'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useElementSize } from '@/components/charts/element-size';
import { LatencyAxis } from '@/components/charts/latency-whisker';
import { amountUnitLabel } from '@/domain/format/amount';
import type { BoardSort } from '@/domain/overview/board-order';
import { BarAxis } from './board-bars';
import { BoardRow } from './board-row';
import type { BoardWire, WireLine } from './board-wire';

const ROW_PX = 32;
/** Glyph, name, layers and all figures, at the width where every column shows. */
const FIGURES_PX = 990;

/** Every institution that the filters leave, of which only those in view are in the page: it holds 3,000 as it holds 442. */
export function BoardTable({
  wire,
  lines,
  sort,
  descending,
  onSort,
  filtered,
  onClear,
}: {
  wire: BoardWire;
  lines: readonly WireLine[];
  sort: BoardSort;
  descending: boolean;
  onSort: (by: BoardSort) => void;
  filtered: boolean;
  onClear: () => void;
}) {
  const t = useTranslations('institutions');
  const locale = useLocale() === 'en' ? 'en' : 'zh-CN';
  const [scroller, { width }] = useElementSize<HTMLDivElement>();
  // What the names and the figures leave; on a phone there are no bars.
  const barsPx = Math.round(Math.max(150, Math.min(720, width - FIGURES_PX)));
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    getItemKey: (i) => lines[i]?.code ?? i,
  });
  const unit = amountUnitLabel(wire.unit, locale);
  const head = (by: BoardSort, name: ReactNode, under?: ReactNode, className = '') => (
    <th className={`num ${className}`} aria-sort={sort === by ? (descending ? 'descending' : 'ascending') : undefined}>
      <button type="button" onClick={() => onSort(by)}>
        {name}
        {under ? (
          <>
            <br />
            {under}
          </>
        ) : null}
        {sort === by ? <span aria-hidden="true">{descending ? ' ↓' : ' ↑'}</span> : null}
      </button>
    </th>
  );
  const items = rows.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = rows.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <section ref={scroller} className="ib-scroll" tabIndex={0} aria-label={t('title')}>
      {lines.length === 0 ? (
        <div className="ib-empty">
          <p>{t(filtered ? 'empty.filtered' : 'empty.none')}</p>
          <p className="t3">{t(filtered ? 'empty.filteredDo' : 'empty.noneDo')}</p>
          {filtered ? (
            <button type="button" className="btn" onClick={onClear}>
              {t('clear')}
            </button>
          ) : null}
        </div>
      ) : (
        <table className="tbl" aria-rowcount={lines.length + 1}>
          <thead>
            <tr aria-rowindex={1}>
              <th>
                <button type="button" onClick={() => onSort('state')} aria-label={t('columns.sort', { column: t('columns.state') })}>
                  {sort === 'state' ? <span aria-hidden="true">↓</span> : <span aria-hidden="true">↕</span>}
                </button>
              </th>
              <th aria-sort={sort === 'name' ? (descending ? 'descending' : 'ascending') : undefined}>
                <button type="button" onClick={() => onSort('name')}>
                  {t('columns.institution')}
                  {sort === 'name' ? <span aria-hidden="true">{descending ? ' ↓' : ' ↑'}</span> : null}
                </button>
              </th>
              <th className="only-l">
                {t('columns.layers')}
                <br />
                <span className="lh" aria-hidden="true">
                  {[...t('layerLetters')].map((letter, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: five letters in a fixed order.
                    <i key={i}>{letter}</i>
                  ))}
                </span>
              </th>
              <th className="only-l" style={{ width: barsPx }}>
                <BarAxis axis={wire.axis} rowsTo={wire.rows.to} areaPx={barsPx} />
                <span className="sr-only">{t('columns.bars', { bucket: bucketName(t, wire.axis.bucketMs) })}</span>
              </th>
              {head('payments', t('columns.payments'))}
              {head('system', t('columns.system'), t('columns.systemSub'))}
              {head('declined', t('columns.declined'), t('columns.declinedSub'), 'only-l')}
              {head('p50', 'p50', t('columns.ms'), 'only-m')}
              {head('p95', 'p95', t('columns.ms'), 'only-m')}
              {head('p99', 'p99', t('columns.ms'), 'only-l')}
              <th className="only-l">
                <LatencyAxis />
                <span className="sr-only">{t('columns.whisker')}</span>
              </th>
              {head('out', t('columns.out'), unit, 'only-l')}
              {head('in', t('columns.in'), unit, 'only-l')}
              {head('net', t('columns.net'), unit)}
            </tr>
          </thead>
          <tbody>
            {before > 0 ? <Spacer px={before} /> : null}
            {items.map((item) => {
              const line = lines[item.index];
              return line ? <BoardRow key={item.key} line={line} wire={wire} rowIndex={item.index + 2} barsPx={barsPx} /> : null;
            })}
            {after > 0 ? <Spacer px={after} /> : null}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Spacer({ px }: { px: number }) {
  return (
    <tr className="ib-spacer">
      <td colSpan={14} style={{ height: px, padding: 0, border: 0 }} />
    </tr>
  );
}

export function bucketName(t: ReturnType<typeof useTranslations<'institutions'>>, bucketMs: number): string {
  const hours = bucketMs / 3_600_000;
  if (hours === 1) return t('bucket.hour');
  if (hours === 6) return t('bucket.sixHours');
  return hours === 24 ? t('bucket.day') : t('bucket.days', { count: hours / 24 });
}
