'use client';

import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { endOwnSession } from '../actions';

export function EndSession({ sessionId }: { readonly sessionId: string }) {
  const t = useTranslations('account');
  const [pending, start] = useTransition();
  const [refused, setRefused] = useState(false);
  const end = () =>
    start(async () => {
      setRefused(!(await endOwnSession(sessionId)));
    });
  return (
    <>
      {refused ? (
        <span className="wrong" role="alert">
          {t('refused')}
        </span>
      ) : null}
      <button type="button" className="btn account-end" disabled={pending} onClick={end}>
        {t('end')}
      </button>
    </>
  );
}
