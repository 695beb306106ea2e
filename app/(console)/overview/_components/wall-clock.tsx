'use client';
import { useTranslations } from 'next-intl';
import { useLive } from '@/components/live/live-provider';
import { toBusinessText } from '@/domain/time-range';

/** How fresh the wall is: its state in a word and the time of the data. */
export function WallClock() {
  const t = useTranslations('overview.wall');
  const { state, dataAt } = useLive();
  return (
    <p className="wall-clock" data-state={state}>
      <i aria-hidden="true" />
      {t(state)} <span>{dataAt ? toBusinessText(dataAt).slice(11, 19) : '—'}</span>
    </p>
  );
}
