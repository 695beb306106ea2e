'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef } from 'react';
import { AlertSeverityGlyph } from '@/components/alerts/alert-severity';
import { type AlertWords, ageText, lineText, titleText } from '@/components/alerts/alert-words';
import { useAlertWords } from '@/components/alerts/use-alert-words';
import { Icon } from '@/components/glyphs/icon';
import type { AlertRow } from '@/domain/alerts/alert-row';
import { toShortBusinessText } from '@/domain/time-range';
import type { HeldRows } from './held-rows';

const ROW_PX = 52;

type AlertListProps = {
  readonly held: HeldRows;
  readonly current: string | null;
  readonly selected: ReadonlySet<string>;
  readonly me: string;
  readonly at: string;
  readonly onRead: (id: string) => void;
  readonly onSelect: (id: string, range: boolean) => void;
  readonly empty: ReactNode;
};

/** The alerts of a queue as virtual rows of two lines; what is being read has the edge, what is selected the tick. */
export function AlertList({ held, current, selected, me, at, onRead, onSelect, empty }: AlertListProps) {
  const t = useTranslations('alerts');
  const words = useAlertWords();
  const box = useRef<HTMLDivElement>(null);
  const { rows } = held;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 10,
    initialRect: { width: 380, height: 700 },
    onChange: (instance) => {
      const last = instance.getVirtualItems().at(-1);
      if (last && last.index >= rows.length - 40) held.wantMore();
    },
  });
  const place = current === null ? -1 : rows.findIndex(({ id }) => id === current);
  const toPlace = useRef(virtual.scrollToIndex);
  toPlace.current = virtual.scrollToIndex;
  useEffect(() => {
    if (place >= 0) toPlace.current(place, { align: 'auto' });
  }, [place]);
  return (
    <div ref={box} className="al-scroll fill">
      {held.arrived.count > 0 ? (
        <button type="button" className="btn al-new" onClick={held.showArrived}>
          {held.arrived.many ? t('list.newMany', { count: held.arrived.count }) : t('list.new', { count: held.arrived.count })}
        </button>
      ) : null}
      {rows.length === 0 ? (
        empty
      ) : (
        <div
          className="al-rows"
          role="listbox"
          aria-multiselectable="true"
          aria-label={t('listLabel')}
          aria-activedescendant={place >= 0 ? `alert-${current}` : undefined}
          tabIndex={0}
          style={{ height: virtual.getTotalSize() }}
        >
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index] as AlertRow;
            return (
              <Row
                key={row.id}
                row={row}
                top={item.start}
                place={item.index + 1}
                isCurrent={row.id === current}
                isSelected={selected.has(row.id)}
                words={words}
                me={me}
                at={at}
                onRead={onRead}
                onSelect={onSelect}
              />
            );
          })}
        </div>
      )}
      {held.loading === 'failed' ? (
        <p className="fault" role="alert">
          {t('list.failed')}
          <button type="button" className="btn" onClick={held.retry}>
            {t('list.retry')}
          </button>
        </p>
      ) : null}
    </div>
  );
}

type RowProps = Pick<AlertListProps, 'me' | 'at' | 'onRead' | 'onSelect'> & {
  readonly row: AlertRow;
  readonly top: number;
  readonly place: number;
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
  readonly words: AlertWords;
};

function Row({ row, top, place, isCurrent, isSelected, words, me, at, onRead, onSelect }: RowProps) {
  const { alerts: t } = words;
  const overdueMs = Date.parse(at) - Date.parse(row.dueAt);
  const isOverdue = overdueMs > 0 && row.state === 'open';
  const age = ageText(words, Date.parse(at) - Date.parse(row.openedAt));
  const owner = row.assignee === null ? t('list.unassigned') : row.assignee.id === me ? t('list.me') : row.assignee.name;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the whole inbox's; see inbox-keys.
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and says which row is active.
    <div
      id={`alert-${row.id}`}
      role="option"
      aria-selected={isSelected}
      aria-posinset={place}
      aria-setsize={-1}
      className="al-row"
      data-current={isCurrent || undefined}
      data-state={row.state}
      data-alert={row.id}
      style={{ transform: `translateY(${top}px)` }}
      onClick={(event) => (event.shiftKey ? onSelect(row.id, true) : onRead(row.id))}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: x does the same from the keyboard. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above. */}
      <span
        className={isSelected ? 'al-box on' : 'al-box'}
        onClick={(event) => {
          event.stopPropagation();
          onSelect(row.id, event.shiftKey);
        }}
      >
        {isSelected ? <Icon name="check" small /> : null}
      </span>
      <AlertSeverityGlyph severity={row.severity} label={t(`severity.${row.severity}`)} />
      <span className="al-t strong cut">{titleText(words, row)}</span>
      <span
        className={isOverdue ? 'al-a late' : 'al-a'}
        title={isOverdue ? t('list.overdue', { age: ageText(words, overdueMs) }) : t('list.due', { age: ageText(words, -overdueMs) })}
      >
        {age}
      </span>
      <span className="al-w cut">
        {row.state === 'open' ? null : (
          <span className="al-s">
            {row.state === 'snoozed' && row.snoozedUntil
              ? t('list.until', { time: toShortBusinessText(new Date(row.snoozedUntil), new Date(at)) })
              : t(`state.${row.state}`)}
          </span>
        )}
        {lineText(words, row)}
        {row.foldedCount > 0 ? ` · ${t('list.folded', { count: row.foldedCount })}` : null}
      </span>
      <span className={row.assignee?.id === me ? 'al-o mine' : 'al-o'}>{owner}</span>
    </div>
  );
}
