import { useTranslations } from 'next-intl';
import { CopyButton } from '@/components/ui/copy-button';
import { exactAmount, type FormatLocale } from '@/domain/format/amount';
import type { InstitutionIdentity } from '@/server/queries/institutions/institution-identity';

/** Who it is in every register that knows it; each code can be copied. */
export function IdentityRegion({ identity, locale }: { identity: InstitutionIdentity; locale: FormatLocale }) {
  const t = useTranslations('institutions');
  const codes = [
    ['code', identity.code],
    ['cnaps', identity.cnapsNo],
    ['licence', identity.licenceNo],
    ['bic', identity.bic],
    ['lei', identity.lei],
  ] as const;
  return (
    <section className="region">
      <div className="cap">
        <h2>{t('page.identity')}</h2>
        <span className="meta">
          {t(`category.${identity.category}` as 'category.other')} · {t(`page.statuses.${identity.status}` as 'page.statuses.live')}
        </span>
      </div>
      <dl className="ip-codes">
        {codes.map(([key, value]) => (
          <div key={key}>
            <dt>{t(`page.${key}`)}</dt>
            <dd>
              {value ? (
                <>
                  <span className="mono">{value}</span>
                  <CopyButton value={value} what={t(`page.${key}`)} />
                </>
              ) : (
                <span className="t3">{t('page.none')}</span>
              )}
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('page.cap')}</dt>
          <dd>
            {identity.netDebitCapMinor === null ? (
              <span className="t3">{t('page.none')}</span>
            ) : (
              exactAmount(identity.netDebitCapMinor, identity.currency, locale)
            )}
          </dd>
        </div>
      </dl>
    </section>
  );
}
