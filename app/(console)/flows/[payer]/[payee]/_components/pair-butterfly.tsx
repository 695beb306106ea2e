import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { ChartFrame } from '@/components/charts/chart-frame';
import { ChartTable } from '@/components/charts/chart-table';
import { flowFigures } from '@/domain/flows/flow-figures';
import { pairLink, paymentsLink } from '@/domain/flows/flow-links';
import { trendSeries, trendTimes } from '@/domain/flows/trend';
import { momentText } from '@/domain/format/moment';
import { formatRange, toBusinessText } from '@/domain/time-range';
import { pairHours } from '@/server/queries/flows/pair-hours';
import { stepWords } from '../../../_components/trend-words';
import type { PairScreen } from './pair-screen';
import { pairSteps } from './pair-series';
import type { PairSums } from './pair-sums';

const MOST_ROWS = 28;

/** Both directions by time on one scale, paid above, returned below, and what remains between them. */
export async function PairButterfly({
  actor,
  context,
  aligned,
  view,
  payer,
  payee,
  base,
  there,
  back,
}: PairScreen & { there: PairSums; back: PairSums }) {
  const t = await getTranslations('flows');
  if (payer.id === payee.id)
    return (
      <section className="region pair-butterfly">
        <p className="empty-line">{t('pair.butterflyEmpty')}</p>
      </section>
    );
  const { range, rows } = aligned;
  const { stepS, steps } = pairSteps(aligned, MOST_ROWS);
  const ask = (payerId: number, payeeId: number) =>
    pairHours(actor, { range, origin: steps.from, stepS, currency: context.currency, types: view.types, payerId, payeeId });
  const [out, into] = await Promise.all([ask(payer.id, payee.id), ask(payee.id, payer.id)]);
  const times = trendTimes(steps, stepS);
  const dataAt = context.dataAt ?? new Date();
  const values = (of: typeof out) =>
    trendSeries(of, { times, metric: 'amount', dataAt }).map((value) => (typeof value === 'bigint' ? value : 0n));
  const [left, right] = [values(out), values(into)];
  const figures = flowFigures(context);
  const unit = figures.unitOf([...left, ...right]);
  const longest = Math.max(1, ...left.map(Number), ...right.map(Number));
  const share = (value: bigint | undefined) => `${((Number(value ?? 0n) / longest) * 100).toFixed(1)}%`;
  const net = there.amount - back.amount;
  const days = stepS % 86_400 === 0;
  const every = Math.max(1, Math.ceil(times.length / 7));
  return (
    <ChartFrame
      className="pair-butterfly"
      title={t('pair.butterfly')}
      unit={t('pair.butterflyCaption', { step: stepWords(t, stepS), unit: figures.labelOf(unit) })}
      summary={t('pair.butterflySummary', {
        payer: payer.short,
        payee: payee.short,
        there: figures.exact(there.amount),
        back: figures.exact(back.amount),
      })}
      table={
        <ChartTable
          head={[t('trend.time'), `${payer.short} → ${payee.short}`, `${payee.short} → ${payer.short}`]}
          rows={times.map((at, i) => [momentText(new Date(at)), figures.exact(left[i] ?? 0n), figures.exact(right[i] ?? 0n)])}
        />
      }
    >
      <div className="wings-head">
        <span>
          <span className="out">↗</span> {payer.short} → {payee.short}{' '}
          <b title={figures.exact(there.amount)}>{figures.short(there.amount)}</b>
        </span>
        <Link className="fig" prefetch={false} href={pairLink(base, payee.code, payer.code)}>
          <span className="in">↘</span> {payee.short} → {payer.short} <b title={figures.exact(back.amount)}>{figures.short(back.amount)}</b>
        </Link>
      </div>
      <ol className="wings">
        {times.map((at, i) => {
          const [paid, returned] = [left[i] ?? 0n, right[i] ?? 0n];
          const clock = toBusinessText(new Date(at)).slice(days ? 5 : 11, days ? 10 : 16);
          // What a step shows is its part of the range.
          const span = {
            ...base,
            range: formatRange({
              from: new Date(Math.max(at, rows.from.getTime())),
              to: new Date(Math.min(at + stepS * 1000, rows.to.getTime())),
            }),
          };
          return (
            <li key={at}>
              <Link
                className="wing up"
                prefetch={false}
                tabIndex={-1}
                href={paymentsLink(span, { payers: [payer.code], payees: [payee.code], succeededOnly: true })}
                title={`${clock} · ${payer.short} → ${payee.short} · ${figures.exact(paid)}`}
              >
                <i style={{ height: share(paid) }} />
              </Link>
              <Link
                className="wing down"
                prefetch={false}
                tabIndex={-1}
                href={paymentsLink(span, { payers: [payee.code], payees: [payer.code], succeededOnly: true })}
                title={`${clock} · ${payee.short} → ${payer.short} · ${figures.exact(returned)}`}
              >
                <i style={{ height: share(returned) }} />
              </Link>
              {i % every === 0 && (
                <b aria-hidden="true" className="wing-time">
                  {clock}
                </b>
              )}
            </li>
          );
        })}
      </ol>
      <p className="meta wings-net">
        {t('pair.net')}{' '}
        {net === 0n ? (
          t('pair.balanced')
        ) : (
          <>
            <b title={figures.exact(net < 0n ? -net : net)}>{figures.short(net < 0n ? -net : net)}</b>{' '}
            {t('pair.netOf', { name: net > 0n ? payer.short : payee.short })}
          </>
        )}
      </p>
    </ChartFrame>
  );
}
