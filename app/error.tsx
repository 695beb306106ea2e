'use client';

import { useTranslations } from 'next-intl';
import { Fault } from '@/components/states/fault';
import { useRetry } from '@/components/states/retry';

/** Not even the shell could be made, as while the database is away: what happened and a way to try again, in the same look. */
export default function RootError({ error, reset }: { readonly error: Error & { digest?: string }; readonly reset: () => void }) {
  const t = useTranslations('states');
  const retry = useRetry(reset);
  return (
    <main className="sheet lost" id="sheet">
      <div className="head">
        <h1>{t('fault.title')}</h1>
      </div>
      <Fault what={t('fault.shell')} requestId={error.digest} onRetry={retry} />
    </main>
  );
}
