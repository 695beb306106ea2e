'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import type { RerunOutcome } from '../../../actions';
import { RerunResult } from './rerun-result';

type RerunFormProps = {
  readonly id: string;
  readonly batch: string;
  readonly rerun: (before: RerunOutcome, form: FormData) => Promise<RerunOutcome>;
};

/** Takes the evidence again when somebody asks, and only then: a live page asks for itself every few seconds. */
export function RerunForm({ id, batch, rerun }: RerunFormProps) {
  const t = useTranslations('cutover');
  const [outcome, act, waiting] = useActionState(rerun, { kind: 'idle' });
  return (
    <>
      <form className="co-band quiet co-screen" action={act}>
        <input type="hidden" name="id" value={id} />
        <span className="t2">{t('rerun.lead')}</span>
        <span className="sp" />
        <button type="submit" className="btn" disabled={waiting}>
          {waiting ? t('certificate.taking') : t('rerun.action')}
        </button>
      </form>
      {outcome.kind === 'done' ? <RerunResult rerun={outcome.rerun} batch={batch} /> : null}
    </>
  );
}
