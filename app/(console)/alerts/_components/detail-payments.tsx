'use client';

import Link from 'next/link';
import { useState } from 'react';
import type { AlertWords } from '@/components/alerts/alert-words';
import { Amount } from '@/components/figures/amount';
import { BusinessTime } from '@/components/figures/business-time';
import { MiddleCut } from '@/components/figures/middle-cut';
import type { AlertPayment, AlertView } from '@/domain/alerts/alert-view';
import { amountUnitLabel, exactAmount } from '@/domain/format/amount';
import { formatCount } from '@/domain/format/count';
import { institutionLink, transactionLink, transactionsLink } from '@/domain/links';

const SHOWN_FIRST = 8;

/** The exact payments, oldest first, with their exact sum: every one is a link, accounts are masked. */
export function DetailPayments({ view, words }: { readonly view: AlertView; readonly words: AlertWords }) {
  const { alerts: t, locale } = words;
  const { payments, row, sums, missing, hidden } = view;
  const [all, setAll] = useState(false);
  const shown = all ? payments : payments.slice(0, SHOWN_FIRST);
  if (row.transactionCount === 0 && payments.length === 0) return null;
  const one = sums.length === 1 ? sums[0]?.currency : undefined;
  const unlisted = row.transactionCount - payments.length - missing - hidden;
  return (
    <section className="al-payments" data-sum={sums.length === 1 ? sums[0]?.amountMinor : undefined}>
      <div className="cap">
        <h2>{t('detail.payments')}</h2>
        <span className="meta">
          {t('detail.paymentsOf', {
            shown: formatCount(shown.length),
            total: formatCount(row.transactionCount),
            sum: sums.map(({ currency, amountMinor }) => exactAmount(BigInt(amountMinor), currency, locale)).join(t('join')),
          })}
        </span>
        {row.subject.kind === 'account' ? (
          <Link className="lnk push meta" prefetch={false} href={transactionsLink({ account: row.subject.id, range: '30d' })}>
            {t('detail.trace')}
          </Link>
        ) : null}
      </div>
      <div className="scroll">
        <table className="tbl">
          <thead>
            <tr>
              <th scope="col">{t('detail.time')}</th>
              <th scope="col">{t('detail.payment')}</th>
              <th scope="col">{t('detail.payer')}</th>
              <th scope="col">{t('detail.payee')}</th>
              <th scope="col" className="al-through">
                {t('detail.through')}
              </th>
              <th scope="col" className="num">
                {one ? t('detail.amountIn', { unit: amountUnitLabel({ exponent: 0, currency: one }, locale) }) : t('detail.amount')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((payment) => (
              <tr key={payment.key}>
                <td>
                  <BusinessTime at={payment.at} form="short" />
                </td>
                <td className="mono al-id">
                  <Link className="lnk" prefetch={false} href={transactionLink(payment.id)}>
                    <MiddleCut text={payment.id} />
                  </Link>
                </td>
                <td>
                  <Party payment={payment} side="payer" isSubject={isSubject(view, payment.payerAccount)} />
                </td>
                <td>
                  <Party payment={payment} side="payee" isSubject={isSubject(view, payment.payeeAccount)} />
                </td>
                <td className="t2 al-through">{payment.through?.name ?? ''}</td>
                <td className="num">
                  <Amount minor={payment.amountMinor} currency={payment.currency} withUnit={one === undefined} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {payments.length > shown.length ? (
        <button type="button" className="btn quiet al-more" onClick={() => setAll(true)}>
          {t('detail.morePayments', { count: payments.length - shown.length })}
        </button>
      ) : null}
      {missing > 0 ? <p className="al-none meta">{t('detail.missing', { count: missing })}</p> : null}
      {hidden > 0 ? <p className="al-none meta">{t('detail.hidden', { count: hidden })}</p> : null}
      {unlisted > 0 ? <p className="al-none meta">{t('detail.unlisted', { count: formatCount(unlisted) })}</p> : null}
    </section>
  );
}

function isSubject(view: AlertView, account: string): boolean {
  return view.row.subject.kind === 'account' && view.row.subject.id === account;
}

type PartyProps = { readonly payment: AlertPayment; readonly side: 'payer' | 'payee'; readonly isSubject: boolean };

function Party({ payment, side, isSubject }: PartyProps) {
  const masked = side === 'payer' ? payment.payerMasked : payment.payeeMasked;
  return (
    <span className="al-party">
      <Link className="fig" prefetch={false} href={institutionLink(payment[side].code)}>
        {payment[side].name}
      </Link>
      <span className={isSubject ? 'strong' : 't3'} title={masked ?? undefined}>
        {masked === null ? '' : `··${masked.slice(-4)}`}
      </span>
    </span>
  );
}
