import { useTranslations } from 'next-intl';
import { SeverityGlyph } from '@/components/glyphs/severity-glyph';
import type { Said as Words } from '../answer-to';

/** What the last action came to, above the page it was asked from. */
export function Said({ said }: { readonly said: Words | null }) {
  const t = useTranslations('settlement');
  if (!said) return null;
  const { done, refused, count = 0, refusedCount = 0 } = said;
  const because = refused !== undefined && t.has(`refused.${refused}`) ? t(`refused.${refused}`) : undefined;
  if (done === undefined || !t.has(`done.${done}`))
    return because === undefined ? null : (
      <p className="st-said st-not" role="alert" data-testid="said">
        <SeverityGlyph severity="major" />
        <span>{t('refused.title')}</span>
        <span>{because}</span>
      </p>
    );
  return (
    <p className={refusedCount > 0 ? 'st-said st-not' : 'st-said'} role="status" data-testid="said">
      <SeverityGlyph severity={refusedCount > 0 ? 'major' : 'info'} />
      <span>{t(`done.${done}`, { count, refused: refusedCount })}</span>
      {because ? <span>{because}</span> : null}
    </p>
  );
}
