import Link from 'next/link';
import type { AlertRow } from '@/domain/alerts/alert-row';
import { withSearch } from '@/domain/links';
import { toBusinessText } from '@/domain/time-range';
import { AlertSeverityGlyph } from './alert-severity';
import { type AlertWords, ageText, lineText, titleText } from './alert-words';

/** Alerts as two lines each, every one a link into the inbox; for lists on other screens. */
export function AlertLines({ rows, words, at }: { readonly rows: readonly AlertRow[]; readonly words: AlertWords; readonly at: Date }) {
  return rows.map((row) => (
    <li key={row.id} data-alert={row.id}>
      <AlertSeverityGlyph severity={row.severity} label={words.alerts(`severity.${row.severity}`)} />
      <Link className="cut strong fig" prefetch={false} href={withSearch('/alerts', { queue: 'all', alert: row.id })}>
        {titleText(words, row)}
      </Link>
      <span className="ago" title={toBusinessText(new Date(row.openedAt))}>
        {ageText(words, Math.max(0, at.getTime() - Date.parse(row.openedAt)))}
      </span>
      <span className="why cut">{lineText(words, row)}</span>
    </li>
  ));
}
