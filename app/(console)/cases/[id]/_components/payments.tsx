import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Amount } from '@/components/figures/amount';
import { BusinessTime } from '@/components/figures/business-time';
import { MiddleCut } from '@/components/figures/middle-cut';
import { formatCount } from '@/domain/format/count';
import { transactionPath } from '@/domain/transactions/transaction-path';
import type { CasePayments, CaseSum } from '@/server/queries/cases/case-payments';
import { Part } from './part';
import { TakeOff } from './take-off';

/** More than this on one screen nobody reads; the rest is one press away, and the sums are always of all. */
const SHOWN = 100;

type PaymentsProps = {
  readonly no: string;
  readonly payments: CasePayments;
  readonly whole: boolean;
  readonly workable: boolean;
  /** For paper: nothing to press. */
  readonly plain?: boolean;
};

/** The payments of a case with a sum for each currency, which is of all of them whatever is shown. */
export function Payments({ no, payments: { rows, sums, total }, whole, workable, plain = false }: PaymentsProps) {
  const [t, tx] = [useTranslations('cases'), useTranslations('transactions')];
  const shown = whole || plain ? rows : rows.slice(0, SHOWN);
  return (
    <Part
      id="payments"
      title={t('detail.payments')}
      meta={
        shown.length < rows.length ? (
          <Link className="lnk" href={`/cases/${no}?payments=all#payments`} prefetch={false}>
            {t('detail.nOfN', { shown: formatCount(shown.length), total: formatCount(total) })}
          </Link>
        ) : (
          formatCount(total)
        )
      }
    >
      {total === 0 ? (
        <p className="cs-none">{t('payments.none')}</p>
      ) : (
        <div className="cs-wide-table">
          <table className="tbl cs-payments">
            <thead>
              <tr>
                <th>{t('payments.time')}</th>
                <th>{t('payments.id')}</th>
                <th>{t('payments.payer')}</th>
                <th>{t('payments.payee')}</th>
                <th>{t('payments.type')}</th>
                <th>{t('payments.status')}</th>
                <th className="num">{t('payments.amount')}</th>
                {workable ? <td /> : null}
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <tr key={row.key} data-payment={row.id} data-minor={row.amountMinor} data-currency={row.currency}>
                  <td>
                    <BusinessTime at={row.acceptedAt} form={plain ? 'full' : 'short'} />
                  </td>
                  <td className="cs-id">
                    {plain ? (
                      <span className="mono">{row.id}</span>
                    ) : (
                      <Link className="mono fig" href={transactionPath(row, `/cases/${no}`)} prefetch={false} title={row.id}>
                        <MiddleCut text={row.id} />
                      </Link>
                    )}
                  </td>
                  <td>
                    {row.payerName} <Tail masked={row.payerMasked} plain={plain} />
                  </td>
                  <td>
                    {row.payeeName} <Tail masked={row.payeeMasked} plain={plain} />
                  </td>
                  <td>{tx(`type.${row.businessType}`)}</td>
                  <td className={`st-${row.status}`}>{tx(`status.${row.status}`)}</td>
                  <td className="num">
                    <Amount minor={row.amountMinor} currency={row.currency} />
                    <span className="unit">{row.currency}</span>
                  </td>
                  {workable ? (
                    <td>
                      <TakeOff no={no} kind="transaction" id={row.key} what={row.id} />
                    </td>
                  ) : null}
                </tr>
              ))}
            </tbody>
            <tfoot>
              {sums.map((sum) => (
                <Sum key={sum.currency} sum={sum} workable={workable} />
              ))}
            </tfoot>
          </table>
          {total > rows.length ? <p className="cs-none">{t('payments.missing', { count: total - rows.length })}</p> : null}
        </div>
      )}
    </Part>
  );
}

// On a screen the last digits are enough and the whole is one hover away; paper has no hover.
function Tail({ masked, plain }: { readonly masked: string | null; readonly plain: boolean }) {
  if (masked === null) return null;
  return (
    <span className="t3" title={masked}>
      {plain ? masked : `··${masked.slice(-4)}`}
    </span>
  );
}

function Sum({ sum, workable }: { readonly sum: CaseSum; readonly workable: boolean }) {
  const t = useTranslations('cases.payments');
  return (
    <tr data-sum={sum.minor.toString()} data-currency={sum.currency}>
      <th scope="row" colSpan={4}>
        {t('sum', { currency: sum.currency })} · {t('sumOf', { count: sum.payments })}
      </th>
      <td colSpan={2} className="num t3">
        {sum.succeededMinor === sum.minor ? null : (
          <>
            {t('succeeded')} <Amount minor={sum.succeededMinor} currency={sum.currency} />
          </>
        )}
      </td>
      <td className="num strong">
        <Amount minor={sum.minor} currency={sum.currency} />
        <span className="unit">{sum.currency}</span>
      </td>
      {workable ? <td /> : null}
    </tr>
  );
}
