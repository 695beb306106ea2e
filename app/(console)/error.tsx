'use client';

import { useTranslations } from 'next-intl';
import { Fault } from '@/components/states/fault';
import { useRetry } from '@/components/states/retry';

/** A page that could not be made; the shell around it stays, the server's log has the same id. */
export default function ConsoleError({ error, reset }: { readonly error: Error & { digest?: string }; readonly reset: () => void }) {
  const t = useTranslations('states');
  const retry = useRetry(reset);
  return (
    <>
      <div className="head">
        <h1>{t('fault.title')}</h1>
      </div>
      <Fault what={t('fault.page')} requestId={error.digest} onRetry={retry} />
    </>
  );
}
