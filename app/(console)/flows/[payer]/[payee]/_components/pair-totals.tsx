import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import type { TransactionStatus } from '@/domain/clearing/transaction';
import { changeOf } from '@/domain/flows/change';
import type { FlowFigures } from '@/domain/flows/flow-figures';
import { type FlowLinkBase, paymentsLink } from '@/domain/flows/flow-links';
import { meanTicket, successRate } from '@/domain/flows/pair-flow';
import { systemSuccess } from '@/domain/flows/trend';
import { transactionsLink } from '@/domain/links';
import type { Compare } from '@/domain/time-range';
import { Change } from '../../../_components/change';
import type { PairSums } from './pair-sums';

type Totals = {
  readonly totals: PairSums;
  readonly filter: { readonly payers: readonly string[]; readonly payees: readonly string[] };
  readonly base: FlowLinkBase;
  readonly compare: Compare;
  readonly figures: FlowFigures;
  readonly children: ReactNode;
};

const OUTCOMES = ['succeeded', 'declined', 'failed', 'unknown'] as const;
/** A payment that is received and not answered yet counts as unknown. */
const STATUSES: Readonly<Record<(typeof OUTCOMES)[number], readonly TransactionStatus[]>> = {
  succeeded: ['succeeded'],
  declined: ['declined'],
  failed: ['failed'],
  unknown: ['unknown', 'received'],
};

/** The pair's figures in one ruled strip; each leads to the payments that it counts. */
export async function PairTotals({ totals, filter, base, compare, figures, children }: Totals) {
  const t = await getTranslations('flows');
  const amount = figures.split(totals.amount);
  const mean = meanTicket(totals);
  const success = successRate(totals);
  const system = systemSuccess(totals);
  return (
    <section className="pair-strip">
      <div className="pair-figure">
        <h2>{t('pair.amount')}</h2>
        <p>
          <Link
            className="big fig"
            prefetch={false}
            href={paymentsLink(base, { ...filter, succeededOnly: true })}
            title={figures.exact(totals.amount)}
            data-testid="pair-amount"
            data-value={totals.amount.toString()}
          >
            {amount.figure}
          </Link>
          <span className="unit">{amount.unit}</span>
        </p>
        <p className="meta">
          {compare === 'none' ? null : (
            <>
              <Change of={changeOf(totals.endedAmount, totals.beforeAmount)} /> {t(`compare.${compare}`)}
            </>
          )}
        </p>
      </div>
      <div className="pair-figure">
        <h2>{t('pair.payments')}</h2>
        <p>
          <Link
            className="big fig"
            prefetch={false}
            href={paymentsLink(base, { ...filter, succeededOnly: true })}
            data-testid="pair-payments"
            data-value={totals.succeeded.toString()}
          >
            {figures.count(totals.succeeded)}
          </Link>
        </p>
        <p className="meta">{mean === null ? null : `${t('pair.mean')} ${figures.short(mean)}`}</p>
      </div>
      <div className="pair-figure">
        <h2>{t('pair.success')}</h2>
        <p>
          <span className="big" title={t('table.successTitle')}>
            {success === null ? '—' : figures.percent(success, 2).replace('%', '')}
          </span>
          <span className="unit">%</span>
        </p>
        <p className="meta">
          {t('pair.systemSuccess')} {system === null ? '—' : figures.percent(system, 2)}
        </p>
      </div>
      <div className="pair-figure pair-outcomes">
        <h2>
          {t('pair.statuses')}{' '}
          <Link
            className="fig"
            prefetch={false}
            href={paymentsLink(base, { ...filter, succeededOnly: false })}
            data-testid="pair-attempts"
            data-value={totals.attempts.toString()}
          >
            {figures.count(totals.attempts)}
          </Link>
        </h2>
        <dl>
          {OUTCOMES.map((outcome) => (
            <div key={outcome}>
              <dt>{t(`pair.status.${outcome}`)}</dt>
              <dd>
                <Link
                  className="fig"
                  prefetch={false}
                  href={transactionsLink({
                    range: base.range,
                    currency: base.currency,
                    payer: filter.payers,
                    payee: filter.payees,
                    status: STATUSES[outcome],
                    ...(base.types.length > 0 && { type: base.types }),
                  })}
                >
                  {figures.count(totals[outcome])}
                </Link>
              </dd>
            </div>
          ))}
        </dl>
      </div>
      {children}
    </section>
  );
}
