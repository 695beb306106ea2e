import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { flowFigures } from '@/domain/flows/flow-figures';
import { pairLink } from '@/domain/flows/flow-links';
import { trendSeries, trendTimes } from '@/domain/flows/trend';
import { toBusinessText } from '@/domain/time-range';
import { pairHours } from '@/server/queries/flows/pair-hours';
import { stepWords } from '../../../_components/trend-words';
import type { PairScreen } from './pair-screen';
import { pairSteps } from './pair-series';
import type { PairSums } from './pair-sums';

const MOST_ROWS = 28;

/** Both directions by time on one scale, paid to the left, received back to the right, and what remains between them. */
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
  if (payer.id === payee.id) return null;
  const { stepS, range } = pairSteps(aligned, MOST_ROWS);
  const ask = (payerId: number, payeeId: number) =>
    pairHours(actor, { range, stepS, currency: context.currency, types: view.types, payerId, payeeId });
  const [out, into] = await Promise.all([ask(payer.id, payee.id), ask(payee.id, payer.id)]);
  const times = trendTimes(range, stepS);
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
  return (
    <figure className="region pair-butterfly">
      <figcaption className="cap">
        <h2>{t('pair.butterfly')}</h2>
        <span className="meta">{t('pair.butterflyCaption', { step: stepWords(t, stepS), unit: figures.labelOf(unit) })}</span>
      </figcaption>
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
        {times.map((at, i) => (
          <li key={at} title={`${figures.exact(left[i] ?? 0n)} · ${figures.exact(right[i] ?? 0n)}`}>
            <span className="wing out-wing">
              <i style={{ width: share(left[i]) }} />
            </span>
            <span className="wing-time">{toBusinessText(new Date(at)).slice(days ? 5 : 11, days ? 10 : 16)}</span>
            <span className="wing in-wing">
              <i style={{ width: share(right[i]) }} />
            </span>
            <span className="sr-only">
              {figures.exact(left[i] ?? 0n)}, {figures.exact(right[i] ?? 0n)}
            </span>
          </li>
        ))}
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
    </figure>
  );
}
