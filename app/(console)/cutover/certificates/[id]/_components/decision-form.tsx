'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useActionState, useEffect } from 'react';
import type { FormOutcome } from '../../../actions';

type DecisionFormProps = {
  readonly id: string;
  readonly evidenceSha256: string;
  /** The person who looks is the one who asked. */
  readonly own: boolean;
  readonly decide: (before: FormOutcome, form: FormData) => Promise<FormOutcome>;
};

/** The second person's decision; who asked is told that another one must decide. */
export function DecisionForm({ id, evidenceSha256, own, decide }: DecisionFormProps) {
  const t = useTranslations('cutover');
  const router = useRouter();
  const [outcome, act, waiting] = useActionState(decide, { kind: 'idle' });
  useEffect(() => {
    if (outcome.kind === 'done') router.refresh();
  }, [outcome, router]);
  if (own)
    return (
      <p className="co-band co-screen" role="status">
        {t('decision.own')}
      </p>
    );
  return (
    <form className="co-band co-screen" action={act}>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="evidenceSha256" value={evidenceSha256} />
      <span>{t('decision.ask')}</span>
      <input
        className="input"
        name="note"
        aria-label={t('note')}
        placeholder={t('note')}
        minLength={2}
        maxLength={500}
        required
        autoComplete="off"
      />
      <button type="submit" name="decision" value="approve" className="btn main" disabled={waiting}>
        {waiting ? t('decision.signing') : t('decision.approve')}
      </button>
      <button type="submit" name="decision" value="decline" className="btn" disabled={waiting}>
        {t('decision.decline')}
      </button>
      {outcome.kind === 'refused' ? <span role="alert">{t(`decision.refused.${outcome.reason}`)}</span> : null}
      {outcome.kind === 'invalid' ? <span role="alert">{t('invalid')}</span> : null}
    </form>
  );
}
