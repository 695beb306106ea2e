'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState, useTransition } from 'react';
import { toast } from 'sonner';
import type { Handled } from '../../actions';

type LineHandlingProps = {
  readonly id: string;
  readonly resolved: { readonly words: string; readonly note: string } | null;
  readonly mayResolve: boolean;
  readonly resolve: (input: { ids: string[]; note: string }) => Promise<Handled>;
  readonly reopen: (input: { ids: string[] }) => Promise<Handled>;
};

/** Who dealt with the line and how; for operators, the way to say so and to take it back. */
export function LineHandling({ id, resolved, mayResolve, resolve, reopen }: LineHandlingProps) {
  const t = useTranslations('quarantine');
  const router = useRouter();
  const [short, setShort] = useState(false);
  const [pending, start] = useTransition();
  const act = (doing: () => Promise<Handled>, words: 'resolvedToast' | 'reopenedToast') =>
    start(async () => {
      const outcome = await doing().catch(() => null);
      if (outcome?.kind === 'done') toast(t(words === 'resolvedToast' ? 'resolvedToast' : 'reopenedToast', { count: outcome.ids.length }));
      else toast.error(t('failed'));
      router.refresh();
    });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const note = String(new FormData(event.currentTarget).get('note') ?? '').trim();
    setShort([...note].length < 2);
    if ([...note].length >= 2) act(() => resolve({ ids: [id], note }), 'resolvedToast');
  };
  if (resolved)
    return (
      <div className="qt-handling">
        <p>{resolved.words}</p>
        <p className="t2">{resolved.note}</p>
        {mayResolve ? (
          <button type="button" className="btn" disabled={pending} onClick={() => act(() => reopen({ ids: [id] }), 'reopenedToast')}>
            {t('detail.reopen')}
          </button>
        ) : null}
      </div>
    );
  if (!mayResolve)
    return (
      <div className="qt-handling">
        <p>{t('detail.open')}</p>
        <p className="meta">{t('mayNot')}</p>
      </div>
    );
  return (
    <form className="qt-handling" onSubmit={submit}>
      <p>{t('detail.open')}</p>
      <input
        className="input"
        name="note"
        maxLength={500}
        autoComplete="off"
        aria-label={t('note')}
        aria-invalid={short}
        placeholder={t('noteHint')}
      />
      {short ? (
        <p className="wrong" role="alert">
          {t('noteShort')}
        </p>
      ) : null}
      <button type="submit" className="btn main" disabled={pending}>
        {t('resolve')}
      </button>
    </form>
  );
}
