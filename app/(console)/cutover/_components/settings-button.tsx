'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useActionState, useEffect, useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import type { CutOverSettings } from '@/domain/cut-over/settings';
import type { FormOutcome } from '../actions';

type SettingsButtonProps = {
  readonly settings: CutOverSettings;
  readonly mayChange: boolean;
  readonly change: (before: FormOutcome, form: FormData) => Promise<FormOutcome>;
};

/** The deadline and what certificates ask for; those who govern can change it, with a reason that is kept. */
export function SettingsButton({ settings, mayChange, change }: SettingsButtonProps) {
  const t = useTranslations('cutover');
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [outcome, act, waiting] = useActionState(change, { kind: 'idle' });
  useEffect(() => {
    if (outcome.kind !== 'done') return;
    setOpen(false);
    router.refresh();
  }, [outcome, router]);
  if (!mayChange) return null;
  return (
    <>
      <button type="button" className="btn" onClick={() => setOpen(true)}>
        {t('settings.open')}
      </button>
      <Dialog open={open} onOpenChange={setOpen} title={t('settings.title')} closeLabel={t('close')}>
        <form className="co-form" action={act}>
          <label>
            {t('settings.deadline')}
            <input className="input" type="date" name="deadline" defaultValue={settings.deadline} required />
          </label>
          <label>
            {t('settings.minimumDays')}
            <input className="input" type="number" name="minimumDays" min={1} max={366} defaultValue={settings.minimumDays} required />
          </label>
          <label>
            {t('settings.coverage')}
            <input
              className="input"
              type="number"
              name="coverageMinPercent"
              min={0}
              max={100}
              step="0.1"
              defaultValue={settings.coverageMinPercent}
              required
            />
          </label>
          <label>
            {t('note')}
            <input className="input" name="note" minLength={2} maxLength={500} required autoComplete="off" />
          </label>
          {outcome.kind === 'invalid' ? <p role="alert">{t('invalid')}</p> : null}
          <div className="row">
            <button type="submit" className="btn main" disabled={waiting}>
              {t('settings.save')}
            </button>
            <span className="meta">{t('settings.kept')}</span>
          </div>
        </form>
      </Dialog>
    </>
  );
}
