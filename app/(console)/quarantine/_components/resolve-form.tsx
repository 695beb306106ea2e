'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';

type ResolveFormProps = { readonly count: number; readonly onResolve: (note: string) => void; readonly onCancel: () => void };

/** The note that says what was done about the ticked lines. */
export function ResolveForm({ count, onResolve, onCancel }: ResolveFormProps) {
  const t = useTranslations('quarantine');
  const [short, setShort] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const note = String(new FormData(event.currentTarget).get('note') ?? '').trim();
    setShort([...note].length < 2);
    if ([...note].length >= 2) onResolve(note);
  };
  return (
    <form className="qt-resolve" onSubmit={submit}>
      <span role="status">{t('selected', { count })}</span>
      <input
        className="input"
        name="note"
        maxLength={500}
        autoComplete="off"
        aria-label={t('note')}
        aria-invalid={short}
        placeholder={short ? t('noteShort') : t('noteHint')}
      />
      <button type="submit" className="btn main">
        {t('resolve')}
      </button>
      <button type="button" className="btn quiet" onClick={onCancel}>
        {t('cancel')}
      </button>
    </form>
  );
}
