import { useTranslations } from 'next-intl';
import { BusinessTime } from '@/components/figures/business-time';
import { formatCount } from '@/domain/format/count';
import type { CaseNote } from '@/server/queries/cases/case-work';
import { writeCaseNote } from '../../actions';
import { Part } from './part';

/** What people wrote, newest first, and the way to write more. */
export function Notes({ no, notes, workable }: { readonly no: string; readonly notes: readonly CaseNote[]; readonly workable: boolean }) {
  const t = useTranslations('cases');
  return (
    <Part id="notes" title={t('detail.notes')} meta={formatCount(notes.length)}>
      {workable ? (
        <form action={writeCaseNote} className="cs-note-form">
          <input type="hidden" name="no" value={no} />
          <textarea
            className="input cs-area"
            name="text"
            rows={2}
            maxLength={4000}
            required
            aria-label={t('notes.placeholder')}
            placeholder={t('notes.placeholder')}
          />
          <button type="submit" className="btn">
            {t('notes.write')}
          </button>
        </form>
      ) : null}
      {notes.length === 0 ? <p className="cs-none">{t('notes.none')}</p> : null}
      <ul className="cs-notes">
        {notes.map((note) => (
          <li key={note.id}>
            <p className="meta">
              {note.by} · <BusinessTime at={note.at} />
            </p>
            <p className="cs-prose">{note.text}</p>
          </li>
        ))}
      </ul>
    </Part>
  );
}
