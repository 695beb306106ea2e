'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useActionState, useEffect } from 'react';
import type { FormOutcome } from '../actions';

type CancelFormProps = {
  readonly id: string;
  readonly cancel: (before: FormOutcome, form: FormData) => Promise<FormOutcome>;
};

/** Calls off one's own export while it is not ready. */
export function CancelForm({ id, cancel }: CancelFormProps) {
  const t = useTranslations('exports');
  const router = useRouter();
  const [outcome, act, waiting] = useActionState(cancel, { kind: 'idle' });
  useEffect(() => {
    if (outcome.kind !== 'idle') router.refresh();
  }, [outcome, router]);
  return (
    <form action={act}>
      <input type="hidden" name="id" value={id} />
      <button type="submit" className="btn" disabled={waiting}>
        {t('detail.cancel')}
      </button>
    </form>
  );
}
