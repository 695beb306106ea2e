'use client';
import { useTranslations } from 'next-intl';
import { useLive } from '@/components/live/live-provider';
import { rateText } from '@/domain/overview/rate-unit';

/** The pulse's payments of this very second, while the page is live. */
export function LivePulse() {
  const t = useTranslations('overview.throughput');
  const { state, pulse } = useLive();
  if (state !== 'live' || typeof pulse?.tps !== 'number') return null;
  return <>{t('pulse', { rate: rateText(pulse.tps) })} ·</>;
}
