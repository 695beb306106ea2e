import { getLocale, getTranslations } from 'next-intl/server';
import { formatLocale } from '../figures/format-locale';
import type { AlertWords, Words } from './alert-words';

/** The translators that name alerts, in a server component: nothing of them is sent to the browser. */
export async function serverAlertWords(): Promise<AlertWords> {
  const [alerts, detection, rules, locale] = await Promise.all([
    getTranslations('alerts'),
    getTranslations('detection'),
    getTranslations('rules'),
    getLocale(),
  ]);
  return {
    alerts: alerts as unknown as Words,
    detection: detection as unknown as Words,
    rules: rules as unknown as Words,
    locale: formatLocale(locale),
  };
}
