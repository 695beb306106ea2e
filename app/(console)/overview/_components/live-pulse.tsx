'use client';
import { useTranslations } from 'next-intl';
import { useLive } from '@/components/live/live-provider';
import { type RateUnit, rateText } from '@/domain/overview/rate-unit';

/** The pulse's payments of the last second, in the unit of the other rates, while the page is live. */
export function LivePulse({ unit }: { readonly unit: RateUnit }) {
  const t = useTranslations('overview.throughput');
  const { state, pulse } = useLive();
  if (state !== 'live' || typeof pulse?.tps !== 'number') return null;
  return <>{t('pulse', { rate: rateText(pulse.tps, unit), unit: t(`unit.${unit}`) })} ·</>;
}
