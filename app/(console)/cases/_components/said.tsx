import { useTranslations } from 'next-intl';
import { SeverityGlyph } from '@/components/glyphs/severity-glyph';
import type { Said as Words } from '../answer-to';

/** What the last action came to, above the page it was asked from. */
export function Said({ said: { done, refused } }: { readonly said: Words }) {
  const t = useTranslations('cases');
  if (refused !== undefined)
    return (
      <p className="cs-said cs-not" role="alert" data-testid="said">
        <SeverityGlyph severity="major" />
        <span>{t('refused.title')}</span>
        {t.has(`refused.${refused}`) ? <span>{t(`refused.${refused}`)}</span> : null}
      </p>
    );
  if (done === undefined || !t.has(`done.${done}`)) return null;
  return (
    <p className="cs-said" role="status" data-testid="said">
      <SeverityGlyph severity="info" />
      <span>{t(`done.${done}`)}</span>
    </p>
  );
}
