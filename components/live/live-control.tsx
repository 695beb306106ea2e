'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { formatDuration } from '@/domain/format/duration';
import { toBusinessText } from '@/domain/time-range';
import { formatLocale } from '../figures/format-locale';
import { Icon } from '../glyphs/icon';
import { useShortcut } from '../shell/shortcuts';
import { useLive } from './live-provider';

/** live · paused · stale in one control: dot, word, data time, lag, pause with its key. On an absolute range, a calendar. */
export function LiveControl() {
  const t = useTranslations('shell.live');
  const locale = formatLocale(useLocale());
  const live = useLive();
  const age = useAge(live.state === 'stale' ? live.since : null);
  useShortcut('p', live.toggle, live.moving);
  if (!live.moving)
    return (
      <span className="live still">
        <span>
          <Icon name="calendar" small />
          <span className="strong">{t('fixed')}</span>
          <span className="t3 only-l">{t('fixedWhy')}</span>
        </span>
      </span>
    );
  const clock = (at: Date | null) => (at ? toBusinessText(at).slice(11) : '—');
  return (
    <span className={`live ${live.state === 'live' ? '' : live.state}`}>
      <span title={live.dataAt ? t('dataAt', { time: toBusinessText(live.dataAt) }) : undefined}>
        <i className="dot" aria-hidden="true" />
        <span className="strong">{t(live.state)}</span>
        {live.state === 'stale' ? (
          <span className="age">{age === null ? '—' : t('age', { age: formatDuration(age, locale) })}</span>
        ) : (
          <span className="t2 clock">{clock(live.state === 'paused' ? live.since : live.dataAt)}</span>
        )}
        {live.state === 'live' && typeof live.pulse?.lagMs === 'number' ? (
          <span className="t3 only-l lag">{t('lag', { lag: formatDuration(live.pulse.lagMs, locale) })}</span>
        ) : null}
        {live.state === 'paused' ? <span className="t3 only-l">{t('pausedAt')}</span> : null}
      </span>
      <button type="button" onClick={live.toggle} aria-label={live.state === 'paused' ? t('resume') : t('pause')} aria-keyshortcuts="P">
        <Icon name={live.state === 'paused' ? 'play' : 'pause'} small />
        <span className="kbd only-l" aria-hidden="true">
          P
        </span>
      </button>
      <span className="visually-hidden" role="status">
        {t(`say.${live.state}`)}
      </span>
    </span>
  );
}

function useAge(since: Date | null): number | null {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!since) return;
    const tick = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(tick);
  }, [since]);
  return since ? Math.max(0, now - since.getTime()) : null;
}
