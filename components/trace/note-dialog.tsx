'use client';

import { useTranslations } from 'next-intl';
import type { FormEvent } from 'react';
import { NOTE_MAX } from '@/domain/tracing/canvas/canvas-step';
import { Dialog } from '../ui/dialog';

type NoteDialogProps = {
  /** The node to be noted, or null while nothing is. */
  readonly of: string | null;
  readonly text: string;
  readonly name: string;
  readonly onClose: () => void;
  readonly onWrite: (of: string, text: string) => void;
};

/** Writes a note on a node, or takes it away by emptying it. */
export function NoteDialog({ of, text, name, onClose, onWrite }: NoteDialogProps) {
  const t = useTranslations('trace.note');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const next = String(new FormData(event.currentTarget).get('note') ?? '')
      .trim()
      .slice(0, NOTE_MAX);
    if (of !== null && next !== text) onWrite(of, next);
    onClose();
  };
  return (
    <Dialog open={of !== null} onOpenChange={(open) => !open && onClose()} title={t('title', { name })} closeLabel={t('close')}>
      <form className="reveal" onSubmit={submit}>
        <label>
          <span>{t('label')}</span>
          <textarea autoFocus className="input tr-note-field" name="note" rows={3} maxLength={NOTE_MAX} defaultValue={text} />
        </label>
        <p className="meta">{t('terms')}</p>
        <div className="row">
          <span className="sp" />
          <button type="button" className="btn" onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" className="btn main">
            {t('write')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
