import { useTranslations } from 'next-intl';

/** A property of everything shown: the data is made up. */
export function SimulatedNotice() {
  const t = useTranslations('shell.notice');
  return (
    <div className="notice" role="note">
      <b>{t('title')}</b>
      <span>{t('text')}</span>
    </div>
  );
}
