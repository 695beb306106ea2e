import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Amount } from '@/components/figures/amount';
import { Count } from '@/components/figures/count';
import { Skeleton } from '@/components/states/skeleton';
import { formatCount } from '@/domain/format/count';
import { withSearch } from '@/domain/links';
import { filterQuery, type SearchParams, STATUS_CLASSES } from '@/domain/transactions/transaction-filter';
import type { TotalsWire } from '@/domain/transactions/transaction-totals';

type TotalsTableProps = { /** Null while they are counted. */ readonly totals: TotalsWire | null; readonly params: SearchParams };

/** What the whole list adds up to, a row for each currency: currencies are never added together. */
export function TotalsTable({ totals, params }: TotalsTableProps) {
  const t = useTranslations('transactions');
  const narrowed = (changes: Record<string, string>) =>
    withSearch('/transactions', { ...Object.fromEntries(filterQuery(params)), ...changes });
  return (
    <section className="txs-totals" aria-label={t('totals.label')}>
      <table className="tbl">
        <thead>
          <tr>
            <th>{t('filter.currency')}</th>
            <th className="num">{t('totals.label')}</th>
            {STATUS_CLASSES.map((status) => (
              <th key={status} className="num">
                {t(`status.${status}`)}
              </th>
            ))}
            <th className="num">{t('totals.succeededAmount')}</th>
          </tr>
        </thead>
        <tbody>
          {totals === null ? (
            <tr>
              <td colSpan={7}>
                <Skeleton width="60%" height={12} />
              </td>
            </tr>
          ) : totals.kind !== 'exact' ? (
            <tr>
              <td>—</td>
              <td className="num">{totals.kind === 'atLeast' ? t('totals.atLeast', { count: formatCount(BigInt(totals.count)) }) : '—'}</td>
              <td colSpan={5} className="t2 wide">
                {totals.kind === 'atLeast'
                  ? t('totals.atLeastWhy', { count: formatCount(BigInt(totals.count)) })
                  : t('totals.uncountedWhy')}
              </td>
            </tr>
          ) : totals.byCurrency.length === 0 ? (
            <tr>
              <td>—</td>
              <td className="num">0</td>
              {STATUS_CLASSES.map((status) => (
                <td key={status} className="num">
                  0
                </td>
              ))}
              <td className="num">—</td>
            </tr>
          ) : (
            totals.byCurrency.map((total) => (
              <tr key={total.currency}>
                <td>
                  <Link className="fig" href={narrowed({ currency: total.currency })} prefetch={false}>
                    {total.currency}
                  </Link>
                </td>
                <td className="num strong" data-testid="transactions-count" data-currency={total.currency} data-value={total.payments}>
                  <Count value={total.payments} />
                </td>
                {STATUS_CLASSES.map((status) => (
                  <td key={status} className="num" data-status={status}>
                    {total[status] === '0' ? (
                      <span className="t3">0</span>
                    ) : (
                      <Link className="fig" href={narrowed({ currency: total.currency, status })} prefetch={false}>
                        <Count value={total[status]} />
                      </Link>
                    )}
                  </td>
                ))}
                <td className="num strong" data-testid="transactions-amount" data-currency={total.currency} data-value={total.amountMinor}>
                  <Amount minor={total.amountMinor} currency={total.currency} />
                </td>
              </tr>
            ))
          )}
        </tbody>
      </table>
    </section>
  );
}
