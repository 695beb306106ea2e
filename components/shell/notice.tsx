import { useTranslations } from 'next-intl';

/** A property of everything shown: the data is made up. */
export function SimulatedNotice() {
  const t = useTranslations('shell.notice');
  return (
    <aside className="notice" aria-label={t('title')}>
      <b>{t('title')}</b>
      <span>{t('text')}</span>
    </aside>
  );
}
