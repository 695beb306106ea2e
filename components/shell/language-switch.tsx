'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useChooseLocale } from './preferences';

/** The other language, named in itself. */
export function LanguageSwitch() {
  const t = useTranslations('shell.language');
  const other = useLocale() === 'en' ? 'zh-CN' : 'en';
  const choose = useChooseLocale();
  return (
    <button type="button" className="btn quiet" lang={other} aria-label={t('switch')} onClick={() => choose(other)}>
      {t('other')}
    </button>
  );
}
