import type { FormatLocale } from '@/domain/format/amount';

export function formatLocale(locale: string): FormatLocale {
  return locale === 'en' ? 'en' : 'zh-CN';
}
