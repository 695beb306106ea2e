'use client';

import type { ReactNode } from 'react';
import { AlertSeverityGlyph } from '@/components/alerts/alert-severity';
import { type AlertWords, ageText, lineText, titleText } from '@/components/alerts/alert-words';
import type { AlertRow } from '@/domain/alerts/alert-row';
import type { AlertView } from '@/domain/alerts/alert-view';

type RelatedProps = { readonly view: AlertView; readonly words: AlertWords; readonly at: string; readonly onRead: (id: string) => void };

/** What else was said of the subject, and which other alerts are like this one. */
export function DetailRelated({ view, words, at, onRead }: RelatedProps) {
  const { alerts: t } = words;
  const { history, similar } = view;
  return (
    <>
      <Rows
        title={t('detail.history')}
        meta={
          history.alerts === 0
            ? ''
            : t('detail.historyCounts', { alerts: history.alerts, dismissed: history.dismissed, accepted: history.good })
        }
        none={t('detail.historyNone')}
        rows={history.newest}
        words={words}
        at={at}
        onRead={onRead}
      />
      <Rows
        title={t('detail.similar')}
        meta={t('detail.similarUnit')}
        none={t('detail.similarNone')}
        rows={similar}
        words={words}
        at={at}
        onRead={onRead}
      />
    </>
  );
}

type RowsProps = Pick<RelatedProps, 'words' | 'at' | 'onRead'> & {
  readonly title: string;
  readonly meta: ReactNode;
  readonly none: string;
  readonly rows: readonly AlertRow[];
};

function Rows({ title, meta, none, rows, words, at, onRead }: RowsProps) {
  const { alerts: t } = words;
  return (
    <section className="region">
      <div className="cap">
        <h2>{title}</h2>
        <span className="meta">{meta}</span>
      </div>
      {rows.length === 0 ? <p className="al-none t3">{none}</p> : null}
      <ul className="al-related">
        {rows.map((row) => (
          <li key={row.id}>
            <AlertSeverityGlyph severity={row.severity} label={t(`severity.${row.severity}`)} />
            <button type="button" className="cut fig" onClick={() => onRead(row.id)} title={lineText(words, row)}>
              {titleText(words, row)}
            </button>
            <span className="t3">{t(`state.${row.state}`)}</span>
            <span className="t3">{ageText(words, Date.parse(at) - Date.parse(row.openedAt))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
