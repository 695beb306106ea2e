'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { formatLocale } from '../figures/format-locale';
import type { AlertWords } from './alert-words';

/** The translators that name alerts, in a client component; keys are put together as alerts say them. */
export function useAlertWords(): AlertWords {
  const alerts = useTranslations('alerts');
  const detection = useTranslations('detection');
  const rules = useTranslations('rules');
  const locale = formatLocale(useLocale());
  return useMemo(
    () => ({
      alerts: Object.assign((key: string, values?: Record<string, string | number>) => alerts(key as never, values as never), {
        has: (key: string) => alerts.has(key as never),
        rich: (key: string, values: Record<string, React.ReactNode>) => alerts.rich(key as never, values as never),
      }),
      detection: Object.assign((key: string, values?: Record<string, string | number>) => detection(key as never, values as never), {
        has: (key: string) => detection.has(key as never),
      }),
      rules: Object.assign((key: string, values?: Record<string, string | number>) => rules(key as never, values as never), {
        has: (key: string) => rules.has(key as never),
      }),
      locale,
    }),
    [alerts, detection, rules, locale],
  );
}
