import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { transactionPath } from '@/domain/transactions/transaction-path';
import type { TransactionRow } from '@/domain/transactions/transaction-row';
import { Amount } from '../figures/amount';
import { BusinessTime } from '../figures/business-time';

/** A payment in two lines, for a phone: who pays whom how much, then when, what and how it ended. */
export function NarrowRow({ row, top, address }: { readonly row: TransactionRow; readonly top: number; readonly address: string }) {
  const t = useTranslations('transactions');
  return (
    <li className="txs-narrow" style={{ transform: `translateY(${top}px)` }}>
      <Link data-row href={transactionPath(row, address)} prefetch={false}>
        <span className="row">
          <span className="cut">
            {row.payer.name} → {row.payee.name}
          </span>
          <span className="push nowrap">
            <Amount minor={row.amountMinor} currency={row.currency} />
            <span className="unit">{row.currency}</span>
          </span>
        </span>
        <span className="row meta">
          <span className="nowrap">
            <BusinessTime at={row.acceptedAt} form="short" />
          </span>
          <span className="cut">{t(`type.${row.businessType}`)}</span>
          <span className={`push st-${row.status}`}>{t(`status.${row.status}`)}</span>
        </span>
      </Link>
    </li>
  );
}
