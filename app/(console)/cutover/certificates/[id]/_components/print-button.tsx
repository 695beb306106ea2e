'use client';

import { useTranslations } from 'next-intl';

/** The browser's own print, which also makes a PDF. */
export function PrintButton() {
  const t = useTranslations('cutover');
  return (
    <button type="button" className="btn only-l" onClick={() => globalThis.print()}>
      {t('certificate.print')}
    </button>
  );
}
