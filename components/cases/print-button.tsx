'use client';

import { useTranslations } from 'next-intl';

/** The browser's own print, which also makes a PDF. */
export function PrintButton() {
  const t = useTranslations('cases.report');
  return (
    <button type="button" className="btn main only-l" onClick={() => globalThis.print()}>
      {t('print')}
    </button>
  );
}
