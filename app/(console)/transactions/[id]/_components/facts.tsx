import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Amount } from '@/components/figures/amount';
import { BusinessTime } from '@/components/figures/business-time';
import { MiddleCut } from '@/components/figures/middle-cut';
import { CopyButton } from '@/components/ui/copy-button';
import { exactAmount } from '@/domain/format/amount';
import { maskReference } from '@/domain/transactions/masked-reference';
import { transactionPath } from '@/domain/transactions/transaction-path';
import type { RelatedTransaction } from '@/server/queries/transactions/related-transactions';
import { revealNumbers } from '../../actions';
import { type Payment, shortName } from '../payment';
import { Accounts } from './accounts';

/** Everything else about the payment: its names, its business, its accounts, what belongs to it, and how well it can be traced. */
export function Facts({ found, locale, mayReveal }: { readonly found: Payment; readonly locale: string; readonly mayReveal: boolean }) {
  const t = useTranslations('transactions');
  const { transaction, institutions, chain, fields, related } = found;
  const name = (id: number | null) => (id === null ? null : shortName(institutions.get(id), locale));
  const batch = transaction.clientBatchId === null ? null : `${transaction.clientBatchId} · ${transaction.lineNo}`;
  const merchant = [transaction.merchantId, transaction.merchantCategory && `${t('detail.mcc')} ${transaction.merchantCategory}`]
    .filter(Boolean)
    .join(' · ');
  const recorded = chain.parties.filter(({ record }) => record === 'recorded' || record === 'missing');
  const sound = recorded.filter(({ party }) => !chain.breaks.some((one) => one.party === party)).length;
  const hops = (kind: 'both' | 'one' | 'inferred') => chain.hops.filter(({ assertedBy }) => assertedBy === kind).length;
  return (
    <aside className="facts">
      <section>
        <h2>{t('detail.identifiers')}</h2>
        <dl>
          <Fact label={t('detail.uetr')} value={transaction.uetr} mono copy />
          <Fact label={t('detail.endToEnd')} value={transaction.endToEndId} mono copy />
          <Fact label={t('detail.agreement')} value={transaction.agreementNo && maskReference(transaction.agreementNo)} mono />
          <Fact label={t('detail.key')} value={transaction.key} mono copy />
          <Fact label={t('detail.batch')} value={batch} mono copy />
          <Fact label={t('detail.reporter')} value={name(transaction.reporterId)} />
        </dl>
      </section>
      <section>
        <h2>{t('detail.business')}</h2>
        <dl>
          <Fact label={t('detail.route')} value={t(`routeLong.${transaction.route}`)} />
          <Fact label={t('detail.type')} value={t(`type.${transaction.businessType}`)} />
          <Fact label={t('detail.between')} value={name(transaction.intermediaryInstitutionId)} />
          <Fact label={t('detail.channel')} value={transaction.channel} />
          <Fact label={t('detail.merchant')} value={merchant || null} />
          <Fact label={t('detail.terminal')} value={transaction.terminalId} mono />
          <Fact label={t('detail.tier')} value={transaction.barcodeTier} />
        </dl>
      </section>
      <section>
        <h2>{t('detail.accounts')}</h2>
        <Accounts
          transactionKey={transaction.key}
          payer={transaction.payerMasked}
          payee={transaction.payeeMasked}
          mayReveal={mayReveal && (transaction.payerMasked !== null || transaction.payeeMasked !== null)}
          reveal={revealNumbers}
        />
      </section>
      {transaction.originalTransactionKey !== null || related.refunds.length > 0 ? (
        <section>
          <h2>{t('detail.related')}</h2>
          {transaction.originalTransactionKey !== null ? (
            related.original ? (
              <RelatedLine label={t('detail.original')} other={related.original} locale={locale} />
            ) : (
              <p className="meta pad">{t('detail.originalUnknown')}</p>
            )
          ) : null}
          {related.refunds.map((refund) => (
            <RelatedLine key={refund.key} label={t(`type.${refund.businessType}`)} other={refund} locale={locale} />
          ))}
        </section>
      ) : null}
      <section>
        <h2>{t('detail.trace')}</h2>
        <dl>
          <dt>{t('detail.mandatory')}</dt>
          <dd>
            <span className={fields.missing.length > 0 ? 'short' : undefined}>
              {fields.present} / {fields.required}
            </span>
          </dd>
          <dd />
          {fields.missing.length > 0 ? (
            <dd className="all meta">
              {t('detail.mandatoryMissing', { fields: fields.missing.map((field) => t(`detail.field.${field}`)).join(t('join')) })}
            </dd>
          ) : null}
          <dt>{t('detail.chain')}</dt>
          <dd>
            {recorded.length === 0 ? (
              <span className="t3">—</span>
            ) : (
              <span className={sound < recorded.length ? 'bad' : undefined}>{t('detail.parties', { n: sound, m: recorded.length })}</span>
            )}
          </dd>
          <dd />
          <dt>{t('detail.asserted')}</dt>
          <dd className="two-cells">{t('detail.assertedBy', { both: hops('both'), one: hops('one'), inferred: hops('inferred') })}</dd>
        </dl>
      </section>
      <History found={found} />
    </aside>
  );
}

type FactProps = { readonly label: string; readonly value: string | null; readonly mono?: boolean; readonly copy?: boolean };

function Fact({ label, value, mono = false, copy = false }: FactProps): ReactNode {
  if (value === null) return null;
  return (
    <>
      <dt>{label}</dt>
      <dd className={mono ? 'mono' : undefined} title={value}>
        {mono ? <MiddleCut text={value} /> : value}
      </dd>
      <dd>{copy ? <CopyButton value={value} what={label} /> : null}</dd>
    </>
  );
}

function RelatedLine({ label, other, locale }: { readonly label: string; readonly other: RelatedTransaction; readonly locale: string }) {
  const t = useTranslations('transactions');
  return (
    <p className="pad related" title={exactAmount(other.amountMinor, other.currency, locale === 'en' ? 'en' : 'zh-CN')}>
      <span className="t3">{label}</span>
      <Link className="lnk mono cut" href={transactionPath(other)} prefetch={false}>
        {other.id}
      </Link>
      <span className="push nowrap">
        <Amount minor={other.amountMinor} currency={other.currency} />
      </span>
      <span className={`st-${other.status}`}>{t(`status.${other.status}`)}</span>
    </p>
  );
}

const KINDS = ['resolved', 'final', 'returned', 'recall-asked', 'recall-answered'] as const;

function History({ found }: { readonly found: Payment }) {
  const t = useTranslations('transactions');
  const { outcomes, transaction } = found;
  const first = outcomes[0]?.fromStatus;
  if (first === undefined) return null;
  return (
    <section>
      <h2>{t('detail.history')}</h2>
      <ol className="history">
        <li>
          <BusinessTime at={transaction.receivedAt ?? transaction.acceptedAt} form="short" />
          <span>{t('detail.first')}</span>
          <span className={`st-${first} push`}>{t(`status.${first}`)}</span>
        </li>
        {outcomes.map((outcome) => {
          const kind = KINDS.find((one) => one === outcome.kind) ?? 'other';
          return (
            <li key={`${outcome.batchId} ${outcome.lineNo}`} title={outcome.detail ?? undefined}>
              <BusinessTime at={outcome.recordedAt} form="short" />
              <span className="cut">
                {t(`detail.outcome.${kind}`)}
                {outcome.detail ? <span className="t3"> {outcome.detail}</span> : null}
              </span>
              <span className={`st-${outcome.toStatus} push`}>{t(`status.${outcome.toStatus}`)}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
