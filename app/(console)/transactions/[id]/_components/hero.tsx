import { useTranslations } from 'next-intl';
import { Amount } from '@/components/figures/amount';
import { BusinessTime } from '@/components/figures/business-time';
import { amountUnitLabel } from '@/domain/format/amount';
import { businessDay } from '@/domain/time-range';
import { type Payment, shortName } from '../payment';

/** The payment in one line: how much, from whom, to whom, when, and whether it can still be undone. */
export function Hero({ found, locale }: { readonly found: Payment; readonly locale: string }) {
  const t = useTranslations('transactions');
  const { transaction, institutions } = found;
  const name = (id: number) => institutions.get(id);
  const unit = amountUnitLabel({ exponent: 0, currency: transaction.currency }, locale === 'en' ? 'en' : 'zh-CN').replace('¥', 'CNY');
  const { finalAt, acceptedAt } = transaction;
  return (
    <section className="hero">
      <div>
        <div className="meta">{t('detail.amount', { type: t(`type.${transaction.businessType}`) })}</div>
        <div className="amt">
          <Amount minor={transaction.amountMinor} currency={transaction.currency} />
          <span className="unit">{unit}</span>
        </div>
      </div>
      <Side label={t('detail.payer')} institution={name(transaction.payerInstitutionId)} masked={transaction.payerMasked} locale={locale} />
      <svg className="arr" width="56" height="12" aria-hidden="true">
        <path d="M0 6h52M47 2l5 4-5 4" fill="none" stroke="var(--line-strong)" strokeWidth="1.3" />
      </svg>
      <Side label={t('detail.payee')} institution={name(transaction.payeeInstitutionId)} masked={transaction.payeeMasked} locale={locale} />
      <span className="sp" />
      <div className="pty">
        <span className="meta">{t('detail.accepted')}</span>
        <b>
          <BusinessTime at={acceptedAt} form="ms" />
        </b>
        <span className="meta">
          <span className={`st-${transaction.status}`}>{t(`status.${transaction.status}`)}</span>
          {' · '}
          {t('detail.codes', { system: transaction.systemCode ?? '—', business: transaction.businessCode ?? '—' })}
        </span>
      </div>
      <div className="pty">
        <span className="meta">{t('detail.finality')}</span>
        <b>
          {finalAt ? (
            <BusinessTime at={finalAt} form={businessDay(finalAt) === businessDay(acceptedAt) ? 'time' : 'full'} />
          ) : (
            <span className="t2">{t('detail.notFinal')}</span>
          )}
        </b>
        <span className="meta">
          {transaction.sessionNo ? t('detail.session', { session: transaction.sessionNo }) : t('detail.noSession')}
          {finalAt ? ` · ${t('detail.irrevocable')}` : null}
        </span>
      </div>
    </section>
  );
}

type SideProps = {
  readonly label: string;
  readonly institution: Parameters<typeof shortName>[0];
  readonly masked: string | null;
  readonly locale: string;
};

function Side({ label, institution, masked, locale }: SideProps) {
  const t = useTranslations('transactions.detail');
  return (
    <div className="pty">
      <span className="meta">{label}</span>
      <b>
        {shortName(institution, locale)} <span className="code">{institution?.code}</span>
      </b>
      <span className="t2">{masked ?? t('noAccount')}</span>
    </div>
  );
}
