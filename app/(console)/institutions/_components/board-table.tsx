'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useId, useState } from 'react';
import { useElementSize } from '@/components/charts/element-size';
import { LatencyAxis } from '@/components/charts/latency-whisker';
import { amountUnitLabel } from '@/domain/format/amount';
import { institutionLink } from '@/domain/links';
import type { BoardSort } from '@/domain/overview/board-order';
import { BarAxis, useBarText } from './board-bars';
import { BoardRow } from './board-row';
import type { BoardWire, DrawnLine } from './board-wire';

const ROW_PX = 32;
/** Glyph, name, layers and all figures of either view, at the width where every column shows. */
const FIGURES_PX = { board: 815, table: 1060 } as const;

/** Every institution that the filters leave, of which only those in view are in the page: it holds 3,000 as it holds 442. */
export function BoardTable({
  wire,
  view,
  lines,
  sort,
  descending,
  onSort,
  filtered,
  onClear,
}: {
  wire: BoardWire;
  view: 'board' | 'table';
  lines: readonly DrawnLine[];
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
  const barsPx = Math.round(Math.max(120, Math.min(1080, width - FIGURES_PX[view])));
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
  const cursor = useBarCursor({ wire, lines, barsPx, scrollTo: (index) => rows.scrollToIndex(index) });
  const figures = view === 'table';
  const before = items[0]?.start ?? 0;
  const after = rows.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <section ref={scroller} className="ib-scroll" tabIndex={0} aria-label={t('title')} {...cursor.pointer}>
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
              <th className="only-l ib-barhead" style={{ width: barsPx }}>
                <div role="application" tabIndex={0} aria-label={t('bar.axis')} aria-describedby={cursor.statusId} {...cursor.keyboard}>
                  <BarAxis axis={wire.axis} areaPx={barsPx} cursor={cursor.position} />
                </div>
                <span id={cursor.statusId} role="status" className="sr-only">
                  {cursor.text}
                </span>
              </th>
              {head('availability', t('columns.availability'), t('columns.availabilitySub'))}
              {figures ? head('payments', t('columns.payments')) : null}
              {head('system', t('columns.system'), t('columns.systemSub'))}
              {head('declined', t('columns.declined'), t('columns.declinedSub'), 'only-l')}
              {head('p50', 'p50', t('columns.ms'), 'only-m')}
              {head('p95', 'p95', t('columns.ms'), 'only-m')}
              {head('p99', 'p99', t('columns.ms'), 'only-l')}
              {figures ? null : (
                <th className="only-l">
                  <LatencyAxis />
                  <span className="sr-only">{t('columns.whisker')}</span>
                </th>
              )}
              {figures ? (
                <>
                  {head('out', t('columns.out'), unit, 'only-l')}
                  {head('in', t('columns.in'), unit, 'only-l')}
                  {head('net', t('columns.net'), unit)}
                </>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {before > 0 ? <Spacer px={before} /> : null}
            {items.map((item) => {
              const line = lines[item.index];
              return line ? (
                <BoardRow
                  key={item.key}
                  line={line}
                  wire={wire}
                  rowIndex={item.index + 2}
                  barsPx={barsPx}
                  figures={figures}
                  cursor={cursor.position}
                  lit={cursor.row === item.index && cursor.byKeyboard}
                />
              ) : null;
            })}
            {after > 0 ? <Spacer px={after} /> : null}
          </tbody>
        </table>
      )}
      {cursor.tip ? (
        <p className="ib-tip" style={cursor.tip.at} aria-hidden="true">
          {cursor.tip.text}
        </p>
      ) : null}
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

type Cursor = { readonly row: number; readonly position: number; readonly x: number; readonly y: number; readonly byKeyboard: boolean };

/** One place on the shared axis in one row: by mouse over the bars, or by arrow keys, of which Enter opens the institution's history. */
function useBarCursor({
  wire,
  lines,
  barsPx,
  scrollTo,
}: {
  wire: BoardWire;
  lines: readonly DrawnLine[];
  barsPx: number;
  scrollTo: (index: number) => void;
}) {
  const t = useTranslations('institutions');
  const router = useRouter();
  const barText = useBarText(wire.axis);
  const statusId = useId();
  const [at, setAt] = useState<Cursor | null>(null);
  const line = at ? lines[at.row] : undefined;
  const said = at && line ? barText(line.bars, line.knownFrom, at.position) : '';
  const move = (row: number, position: number, from: HTMLElement) => {
    const next = { row: Math.max(0, Math.min(lines.length - 1, row)), position: Math.max(0, Math.min(wire.axis.bars - 1, position)) };
    scrollTo(next.row);
    const bounds = from.getBoundingClientRect();
    setAt({ ...next, x: bounds.left + ((next.position + 0.5) * barsPx) / wire.axis.bars, y: bounds.bottom + 8, byKeyboard: true });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (step) {
      event.preventDefault();
      if (at) move(at.row + (step[0] as number), at.position + (step[1] as number), event.currentTarget);
      else move(0, wire.axis.bars - 1, event.currentTarget);
    }
    if (event.key === 'Home' || event.key === 'End') {
      event.preventDefault();
      move(at?.row ?? 0, event.key === 'Home' ? 0 : wire.axis.bars - 1, event.currentTarget);
    }
    if (event.key === 'Escape') setAt(null);
    if (event.key === 'Enter' && at && line) {
      const from = new Date(wire.axis.from + at.position * wire.axis.bucketMs);
      const to = new Date(from.getTime() + wire.axis.bucketMs);
      router.push(`${institutionLink(line.code, { range: { from, to } })}#history`);
    }
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const cell = (event.target as Element).closest('.ib-barcell');
    const code = cell?.closest('tr')?.getAttribute('data-code');
    const svg = cell?.querySelector('svg');
    const row = code ? lines.findIndex((one) => one.code === code) : -1;
    if (!svg || row < 0) {
      if (at && !at.byKeyboard) setAt(null);
      return;
    }
    const bounds = svg.getBoundingClientRect();
    const position = Math.floor(((event.clientX - bounds.left) / bounds.width) * wire.axis.bars);
    if (position < 0 || position >= wire.axis.bars) return;
    if (at?.row !== row || at.position !== position || at.byKeyboard)
      setAt({ row, position, x: bounds.left + ((position + 0.5) * barsPx) / wire.axis.bars, y: bounds.bottom + 4, byKeyboard: false });
  };
  return {
    row: at?.row ?? null,
    position: at?.position ?? null,
    byKeyboard: at?.byKeyboard ?? false,
    text: line ? t('bar.said', { name: line.short, text: said }) : '',
    tip:
      at && line ? { text: at.byKeyboard ? t('bar.said', { name: line.short, text: said }) : said, at: { left: at.x, top: at.y } } : null,
    statusId,
    keyboard: { onKeyDown, onBlur: () => setAt(null) },
    pointer: { onPointerMove, onPointerLeave: () => (at && !at.byKeyboard ? setAt(null) : undefined) },
  };
}
