import type { Route } from '../clearing/transaction';
import type { TimeRange } from '../time-range';
import type { TrendMetric } from './flow-view';

/** Payments of one step; `route` is null where routes are added up. */
export type TrendBucket = {
  readonly at: Date;
  readonly route: Route | null;
  readonly succeeded: bigint;
  readonly declined: bigint;
  readonly failed: bigint;
  readonly unknown: bigint;
  readonly amount: bigint;
};

/** One value of a line; null where nothing was asked of the platform, which is not zero for a rate. */
export type TrendValue = bigint | number | null;

/** Starts of every step of a range, in milliseconds. */
export function trendTimes(range: TimeRange, stepS: number): readonly number[] {
  const times: number[] = [];
  for (let at = range.from.getTime(); at < range.to.getTime(); at += stepS * 1000) times.push(at);
  return times;
}

/**
 * A value for every step of `times`. Amount and count, both of succeeded payments, are zero in a silent step, a success rate has no value there. `shiftMs` moves
 * buckets of an earlier span onto the present one. Steps that begin after `dataAt` have not
 * happened, steps that begin before `dataFrom` were not recorded: null.
 */
export function trendSeries(
  buckets: readonly TrendBucket[],
  {
    times,
    metric,
    shiftMs = 0,
    dataFrom,
    dataAt,
  }: { times: readonly number[]; metric: TrendMetric; shiftMs?: number; dataFrom?: Date | undefined; dataAt: Date },
): readonly TrendValue[] {
  const held = new Map<number, TrendBucket>();
  for (const bucket of buckets) held.set(bucket.at.getTime() + shiftMs, bucket);
  return times.map((at) => {
    if (at - shiftMs >= dataAt.getTime() || (dataFrom && at - shiftMs < dataFrom.getTime())) return null;
    const bucket = held.get(at);
    if (metric === 'success') return bucket ? systemSuccess(bucket) : null;
    if (!bucket) return 0n;
    return metric === 'amount' ? bucket.amount : bucket.succeeded;
  });
}

/** 1 − technical declines ÷ all, the share the platform itself did not fail (as published by NPCI: technical apart from business). */
export function systemSuccess({
  succeeded,
  declined,
  failed,
  unknown,
}: Pick<TrendBucket, 'succeeded' | 'declined' | 'failed' | 'unknown'>): number | null {
  const all = succeeded + declined + failed + unknown;
  return all === 0n ? null : 1 - Number((failed * 1_000_000n) / all) / 1_000_000;
}

/** Least and greatest of several earlier spans step by step; null where fewer than two have a value: one past day is no range. */
export function trendBand(
  series: readonly (readonly TrendValue[])[],
): readonly (readonly [low: bigint | number, high: bigint | number] | null)[] {
  const length = series[0]?.length ?? 0;
  return Array.from({ length }, (_, i) => {
    const values = series.map((one) => one[i]).filter((value) => value !== null && value !== undefined);
    if (values.length < 2) return null;
    const ascending = values.sort((a, b) => Number(a > b) - Number(a < b));
    return [ascending[0] as bigint | number, ascending.at(-1) as bigint | number] as const;
  });
}
