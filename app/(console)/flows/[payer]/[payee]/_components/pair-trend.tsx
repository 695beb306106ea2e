import { getTranslations } from 'next-intl/server';
import { compareShiftMs, shifted } from '@/domain/flows/aligned-range';
import { trendSeries, trendTimes } from '@/domain/flows/trend';
import { wireValues } from '@/domain/flows/trend-wire';
import { firstRecorded } from '@/server/queries/flows/first-recorded';
import { pairHours } from '@/server/queries/flows/pair-hours';
import { stepWords } from '../../../_components/trend-words';
import type { PairScreen } from './pair-screen';
import { pairSteps } from './pair-series';
import { PairTrendView } from './pair-trend-view';

/** The pair over time against the span compared with. */
export async function PairTrend({ actor, context, aligned, compare, view, payer, payee }: PairScreen) {
  const t = await getTranslations('flows');
  const { range } = aligned;
  const { stepS, steps } = pairSteps(aligned);
  const shift = compareShiftMs({ chosen: context.range, aligned: range, compare: context.compare });
  const compared = shift === undefined ? undefined : shifted(range, -shift);
  const pair = { stepS, currency: context.currency, types: view.types, payerId: payer.id, payeeId: payee.id };
  const ask = (span: typeof range, shiftMs: number) =>
    pairHours(actor, { ...pair, range: span, origin: new Date(steps.from.getTime() - shiftMs) });
  const [now, before, dataFrom] = await Promise.all([
    ask(range, 0),
    compared && shift !== undefined ? ask(compared, shift) : [],
    firstRecorded(actor, { currency: context.currency }),
  ]);
  const times = trendTimes(steps, stepS);
  const dataAt = context.dataAt ?? new Date();
  const shiftMs = shift ?? 0;
  return (
    <PairTrendView
      wire={{
        metric: 'amount',
        from: steps.from.getTime(),
        stepMs: stepS * 1000,
        now: wireValues(trendSeries(now, { times, metric: 'amount', dataFrom, dataAt })),
        second: null,
        before:
          compared && compare !== 'none' ? wireValues(trendSeries(before, { times, metric: 'amount', shiftMs, dataFrom, dataAt })) : null,
        low: null,
        high: null,
        bandSpans: 0,
      }}
      currency={context.currency}
      compare={compare}
      step={stepWords(t, stepS)}
    />
  );
}
