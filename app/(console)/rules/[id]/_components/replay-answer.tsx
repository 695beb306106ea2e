'use client';

import { useTranslations } from 'next-intl';
import { formatCount } from '@/domain/format/count';
import { toBusinessText } from '@/domain/time-range';

type Replayed = {
  readonly version: number;
  readonly alerts: number;
  readonly hits: number;
  readonly clear: number;
  readonly notEvaluable: number;
  readonly missing: readonly { readonly field: string; readonly count: number }[];
  readonly fault: string | null;
};
export type ReplayWire = {
  readonly payments: number;
  readonly endedAt: string | null;
  readonly versions: readonly Replayed[];
  readonly onlyFirst: number;
  readonly onlySecond: number;
};

/** What a replay came to: the sentence first, then what it looked at and where it could say nothing. */
export function ReplayAnswer({ replay, sentence }: { readonly replay: ReplayWire; readonly sentence: string }) {
  const t = useTranslations('rules.replay');
  const [first, live] = replay.versions;
  if (!first) return null;
  return (
    <div className="ru-answer" role="status" data-testid="replayed">
      <p className="strong">{sentence}</p>
      {live ? <p>{t('live', { alerts: live.alerts, onlyFirst: replay.onlyFirst, onlySecond: replay.onlySecond })}</p> : null}
      <p className="t2">
        {t('of', {
          payments: formatCount(replay.payments),
          hits: formatCount(first.hits),
          clear: formatCount(first.clear),
          notEvaluable: formatCount(first.notEvaluable),
        })}{' '}
        {first.missing.length > 0
          ? t('missing', { fields: first.missing.map(({ field, count }) => `${field} ${formatCount(count)}`).join(' · ') })
          : null}
      </p>
      {replay.endedAt === null ? null : <p className="t2">{t('cut', { time: toBusinessText(new Date(replay.endedAt)) })}</p>}
      {first.fault === null ? null : <p className="wrong">{t('fault', { fault: first.fault })}</p>}
    </div>
  );
}
