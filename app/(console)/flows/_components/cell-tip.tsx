'use client';

import { useTranslations } from 'next-intl';
import type { FlowFigures } from '@/domain/flows/flow-figures';
import { cellChange } from '@/domain/flows/matrix-model';
import type { CellDetail } from '@/domain/flows/matrix-wire';
import { meanTicket } from '@/domain/flows/pair-flow';
import type { Compare } from '@/domain/time-range';
import { Change } from './change';

/** The figures of the cell under the crosshair. `detail` is undefined while it is under way. */
export function CellTip({
  payer,
  payee,
  amount,
  detail,
  rank,
  compare,
  figures,
}: {
  payer: string;
  payee: string;
  amount: bigint | undefined;
  detail: CellDetail | null | undefined;
  rank: string;
  compare: Compare;
  figures: FlowFigures;
}) {
  const t = useTranslations('flows');
  const mean = detail && amount !== undefined ? meanTicket({ amount, succeeded: detail.succeeded }) : null;
  return (
    <>
      <p className="h">
        <b>{payer}</b>
        <span className="t3">→</span>
        <b>{payee}</b>
      </p>
      {amount === undefined ? (
        <p>
          <span>{t('matrix.tip.nothing')}</span>
        </p>
      ) : (
        <>
          <p>
            <span>{t('matrix.tip.amount')}</span>
            <span>{figures.short(amount)}</span>
          </p>
          <p>
            <span>{t('matrix.tip.paymentsMean')}</span>
            <span>
              {detail ? `${figures.count(detail.succeeded)} · ${mean === null ? '—' : figures.short(mean)}` : t('matrix.tip.loading')}
            </span>
          </p>
          {compare !== 'none' && (
            <p>
              <span>{t(`compare.${compare}`)}</span>
              <Change of={detail ? cellChange(amount, detail) : null} />
            </p>
          )}
        </>
      )}
      <p>
        <span>{t('matrix.tip.rank')}</span>
        <span>{rank}</span>
      </p>
    </>
  );
}
