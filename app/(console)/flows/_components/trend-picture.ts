import 'server-only';
import type { BusinessType } from '@/domain/clearing/transaction';
import { compareShiftMs, shifted } from '@/domain/flows/aligned-range';
import type { TrendMetric } from '@/domain/flows/flow-view';
import { type TrendBucket, trendBand, trendSeries, trendTimes } from '@/domain/flows/trend';
import { trendStepS } from '@/domain/flows/trend-step';
import { type TrendWire, wireValues } from '@/domain/flows/trend-wire';
import { rollupWindow } from '@/domain/overview/rollup-window';
import { DAY_MS, type TimeRange } from '@/domain/time-range';
import type { PageContext } from '@/server/page-context';
import { firstRecorded } from '@/server/queries/flows/first-recorded';
import { flowTrend } from '@/server/queries/flows/flow-trend';
import type { Actor } from '@/server/session';

export type TrendPicture = {
  readonly range: TimeRange;
  /** The same payments as a span that ends just after the newest. */
  readonly rows: TimeRange;
  readonly stepS: number;
  readonly buckets: readonly TrendBucket[];
  readonly wire: TrendWire;
};

/** The lines of a trend: the range, the span compared with, and the lowest and highest of the spans before that. */
export async function trendPicture(
  actor: Actor,
  context: PageContext,
  { metric, types, split }: { metric: TrendMetric; types: readonly BusinessType[]; split: boolean },
): Promise<TrendPicture> {
  const { currency, compare } = context;
  const dataAt = context.dataAt ?? new Date();
  const stepS = trendStepS(context.range, actor.institutionId === null ? 60 : 3600);
  const { buckets: range, rows } = rollupWindow({ choice: context.choice, range: context.range, dataAt, bucketMs: stepS * 1000 });
  const ask = (span: TimeRange, byRoute = false) => flowTrend(actor, { range: span, stepS, currency, types, byRoute });
  const shift = compareShiftMs({ chosen: context.range, aligned: range, compare });
  const shiftMs = shift ?? 0;
  const compared = shift === undefined ? undefined : shifted(range, -shift);
  const spans = compared ? Array.from({ length: bandSpans(range, compare) }, (_, i) => i + 1) : [];
  const [buckets, before, dataFrom, ...earlier] = await Promise.all([
    ask(range, split),
    compared && !split ? ask(compared) : [],
    firstRecorded(actor, { currency }),
    ...(split ? [] : spans.map((n) => ask(shifted(range, -n * shiftMs)))),
  ]);
  const times = trendTimes(range, stepS);
  const series = (of: readonly TrendBucket[], by = 0) => trendSeries(of, { times, metric, shiftMs: by, dataFrom, dataAt });
  const band = trendBand(earlier.map((one, i) => series(one, (i + 1) * shiftMs)));
  // A band of a few steps only is a blot.
  const banded = band.filter((edge) => edge !== null).length * 2 > band.length;
  return {
    range,
    rows,
    stepS,
    buckets,
    wire: {
      metric,
      from: range.from.getTime(),
      stepMs: stepS * 1000,
      now: wireValues(series(split ? buckets.filter((bucket) => bucket.route === 'cleared') : buckets)),
      second: split ? wireValues(series(buckets.filter((bucket) => bucket.route === 'direct'))) : null,
      before: compared && !split ? wireValues(series(before, shiftMs)) : null,
      low: banded ? wireValues(band.map((edge) => edge?.[0] ?? null)) : null,
      high: banded ? wireValues(band.map((edge) => edge?.[1] ?? null)) : null,
      bandSpans: earlier.filter((one) => one.length > 0).length,
    },
  };
}

/** Earlier spans that make a band: eight of a day or two, fewer of longer ones, none where a year would have to be repeated. */
function bandSpans(range: TimeRange, compare: PageContext['compare']): number {
  if (compare === 'year' || compare === 'none') return 0;
  const days = (range.to.getTime() - range.from.getTime()) / DAY_MS;
  return days <= 2 ? 8 : days <= 8 ? 4 : 0;
}
