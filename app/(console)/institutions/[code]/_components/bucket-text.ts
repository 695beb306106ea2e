import type { useTranslations } from 'next-intl';

/** A bucket in words: "hour", "6 hours", "business day". */
export function bucketText(t: ReturnType<typeof useTranslations<'institutions'>>, bucketMs: number): string {
  const hours = bucketMs / 3_600_000;
  if (hours === 1) return t('bucket.hour');
  if (hours === 6) return t('bucket.sixHours');
  return hours === 24 ? t('bucket.day') : t('bucket.days', { count: hours / 24 });
}
