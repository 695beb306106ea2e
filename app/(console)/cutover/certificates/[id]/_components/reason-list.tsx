import { useTranslations } from 'next-intl';
import { Amount } from '@/components/figures/amount';
import { SeverityGlyph } from '@/components/glyphs/severity-glyph';
import type { WithheldReason } from '@/domain/cut-over/judge-evidence';
import { formatCount } from '@/domain/format/count';

const DAYS_SHOWN = 7;

/** Why it was withheld: what is missing or contradicts, its numbers and days, and what would help. */
export function ReasonList({ reasons, currency }: { readonly reasons: readonly WithheldReason[]; readonly currency: string }) {
  const t = useTranslations('cutover');
  return (
    <section className="co-reasons">
      <h2>{t('doc.reasons', { count: reasons.length })}</h2>
      <ol>
        {reasons.map((reason) => (
          <li key={`${reason.code} ${reason.count ?? ''}`}>
            <SeverityGlyph severity="critical" />
            <div>
              <p>
                <b>{t(`withheld.${reason.code}.name`)}</b>{' '}
                {t(`withheld.${reason.code}.said`, {
                  count: formatCount(BigInt(reason.count ?? 0)),
                  of: formatCount(BigInt(reason.of ?? 0)),
                })}{' '}
                {reason.minor ? <Amount minor={reason.minor} currency={currency} withUnit /> : null}
              </p>
              {reason.days && reason.days.length > 0 ? (
                <p className="meta">
                  {reason.days.slice(0, DAYS_SHOWN).join(t('join'))}
                  {reason.days.length > DAYS_SHOWN ? t('andMore', { count: reason.days.length - DAYS_SHOWN }) : ''}
                </p>
              ) : null}
              <p className="t2">{t(`withheld.${reason.code}.todo`)}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
