'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useActionState, useEffect, useState } from 'react';
import type { Done } from '../actions';

/** A button that opens a line to write in, and sends it: acknowledgements, renewals, stops. Says afterwards what became of it. */
export function StepForm({
  action,
  fields,
  open,
  submit,
  noteLabel,
  noteName = 'note',
  children,
  quiet = false,
}: {
  action: (before: Done, form: FormData) => Promise<Done>;
  /** What the form says besides what is written. */
  fields: Readonly<Record<string, string>>;
  open: string;
  submit: string;
  /** Null: nothing is to be written. */
  noteLabel: string | null;
  noteName?: string;
  children?: ReactNode;
  quiet?: boolean;
}) {
  const t = useTranslations('institutions');
  const router = useRouter();
  const [shown, setShown] = useState(false);
  const [done, send, pending] = useActionState(action, null);
  useEffect(() => {
    if (done?.kind !== 'done') return;
    setShown(false);
    router.refresh();
  }, [done, router]);
  if (!shown)
    return (
      <span className="row">
        <button type="button" className={quiet ? 'btn quiet' : 'btn'} onClick={() => setShown(true)}>
          {open}
        </button>
        {done?.kind === 'done' ? (
          <span role="status" className="t3">
            {t('step.done')}
          </span>
        ) : null}
      </span>
    );
  return (
    <form action={send} className="ip-step">
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      {noteLabel === null ? null : (
        <input
          className="input"
          name={noteName}
          required
          minLength={2}
          maxLength={500}
          autoComplete="off"
          aria-label={noteLabel}
          placeholder={noteLabel}
          // biome-ignore lint/a11y/noAutofocus: whoever pressed the button is about to write.
          autoFocus={children === undefined}
        />
      )}
      <button type="submit" className="btn main" disabled={pending}>
        {submit}
      </button>
      <button type="button" className="btn quiet" onClick={() => setShown(false)}>
        {t('step.cancel')}
      </button>
      <span role="status" className="bad">
        {done && done.kind !== 'done' ? t(`step.${done.kind}`) : ''}
      </span>
    </form>
  );
}
