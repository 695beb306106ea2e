import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Amount } from '@/components/figures/amount';
import { BusinessTime } from '@/components/figures/business-time';
import { transactionLink, withSearch } from '@/domain/links';
import type { LateRow } from '@/server/queries/settlement/late';

/** Payments that moved between sessions because their own was closed: where each went to or came from. */
export function LateTable({
  no,
  rows,
  currency,
  shared,
}: {
  readonly no: string;
  readonly rows: readonly LateRow[];
  readonly currency: string;
  readonly shared: Readonly<Record<string, string | undefined>>;
}) {
  const t = useTranslations('settlement');
  return (
    <table className="tbl">
      <thead>
        <tr>
          <th>{t('column.transaction')}</th>
          <th>{t('column.accepted')}</th>
          <th>{t('column.seen')}</th>
          <th>{t('column.payer')}</th>
          <th>{t('column.payee')}</th>
          <th className="num">{t('column.amount')}</th>
          <th>{t('column.moved')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const away = row.homeNo === no;
          const other = away ? row.takenNo : row.homeNo;
          return (
            <tr key={row.id}>
              <td className="mono">
                <Link className="fig" href={transactionLink(row.transactionId)} prefetch={false}>
                  {row.transactionId}
                </Link>
              </td>
              <td>
                <BusinessTime at={row.acceptedAt} />
              </td>
              <td className="t2">
                <BusinessTime at={row.seenAt} />
              </td>
              <td>{row.payer}</td>
              <td>{row.payee}</td>
              <td className="num">
                <Amount minor={row.amountMinor * BigInt(row.sign)} currency={currency} />
              </td>
              <td>
                <Link className="fig" href={withSearch(`/settlement/${other}`, shared)} prefetch={false}>
                  {away ? t('page.lateOut', { no: other }) : t('page.lateIn', { no: other })}
                </Link>{' '}
                <span className="t3">{row.sign === 1 ? t('page.came') : t('page.wentBack')}</span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
