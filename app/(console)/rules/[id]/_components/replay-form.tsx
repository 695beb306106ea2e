'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState, useTransition } from 'react';
import { replayVersion } from '../../actions';
import { ReplayAnswer, type ReplayWire } from './replay-answer';

type ReplayFormProps = { readonly ruleId: string; readonly versions: readonly number[]; readonly day: string };

/** Any past days under any stored version. */
export function ReplayForm({ ruleId, versions, day }: ReplayFormProps) {
  const t = useTranslations('rules.replay');
  const [busy, start] = useTransition();
  const [answer, setAnswer] = useState<{ replay: ReplayWire; sentence: string } | 'failed' | null>(null);
  const run = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [version, from, days] = [Number(form.get('version')), String(form.get('from')), Number(form.get('days'))];
    start(async () => {
      const said = await replayVersion(ruleId, version, from, days).catch(() => ({ kind: 'failed' as const }));
      if (said.kind !== 'replayed') return setAnswer('failed');
      const alerts = said.replay.versions[0]?.alerts ?? 0;
      setAnswer({ replay: said.replay, sentence: t('would', { version, alerts, from, days }) });
    });
  };
  if (versions.length === 0) return null;
  return (
    <section className="region">
      <div className="cap">
        <h2>{t('title')}</h2>
      </div>
      <p className="ru-none meta">{t('say')}</p>
      <form className="ru-form" onSubmit={run}>
        <label>
          <span>{t('version')}</span>
          <select className="input" name="version">
            {versions.map((version) => (
              <option key={version} value={version}>
                v{version}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>{t('from')}</span>
          <input className="input" type="date" name="from" defaultValue={day} required />
        </label>
        <label>
          <span>{t('days')}</span>
          <input className="input" type="number" name="days" min={1} max={14} defaultValue={1} required />
        </label>
        <button type="submit" className="btn main" disabled={busy}>
          {t(busy ? 'running' : 'run')}
        </button>
      </form>
      {answer === 'failed' ? (
        <p className="ru-none wrong" role="alert">
          {t('failed')}
        </p>
      ) : answer ? (
        <ReplayAnswer {...answer} />
      ) : null}
    </section>
  );
}
