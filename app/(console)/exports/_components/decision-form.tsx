'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useActionState, useEffect } from 'react';
import type { FormOutcome } from '../actions';

type DecisionFormProps = {
  readonly id: string;
  readonly questionSha256: string;
  readonly rows: string;
  readonly decide: (before: FormOutcome, form: FormData) => Promise<FormOutcome>;
};

/** The second person's decision, bound to the question that is on the screen. */
export function DecisionForm({ id, questionSha256, rows, decide }: DecisionFormProps) {
  const t = useTranslations('exports');
  const router = useRouter();
  const [outcome, act, waiting] = useActionState(decide, { kind: 'idle' });
  useEffect(() => {
    if (outcome.kind === 'done') router.refresh();
  }, [outcome, router]);
  return (
    <form className="ex-band" action={act}>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="questionSha256" value={questionSha256} />
      <span>{t('decision.ask', { rows })}</span>
      <input
        className="input"
        name="note"
        aria-label={t('decision.note')}
        placeholder={t('decision.note')}
        minLength={4}
        maxLength={500}
        required
        autoComplete="off"
      />
      <button type="submit" name="decision" value="approve" className="btn main" disabled={waiting}>
        {t('decision.approve')}
      </button>
      <button type="submit" name="decision" value="decline" className="btn" disabled={waiting}>
        {t('decision.decline')}
      </button>
      {outcome.kind === 'refused' ? <span role="alert">{t(`decision.refused.${outcome.reason}`)}</span> : null}
      {outcome.kind === 'invalid' ? <span role="alert">{t('decision.invalid')}</span> : null}
    </form>
  );
}
