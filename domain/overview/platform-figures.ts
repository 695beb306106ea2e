import { type LatencyHistogram, mergeHistograms, quantile } from '../clearing/latency-histogram';
import type { OutcomeCounts } from '../clearing/transaction';
import { ratioPpm } from '../money';

export type HourCounts = OutcomeCounts & { readonly hour: Date; readonly amountMinor: bigint };
export type HourLatency = { readonly hour: Date; readonly histogram: LatencyHistogram };

export function sumOutcomes(hours: readonly OutcomeCounts[]): OutcomeCounts & { readonly all: bigint } {
  const sum = (key: keyof OutcomeCounts) => hours.reduce((total, hour) => total + hour[key], 0n);
  const counts = { succeeded: sum('succeeded'), declined: sum('declined'), failed: sum('failed'), unknown: sum('unknown') };
  return { ...counts, all: counts.succeeded + counts.declined + counts.failed + counts.unknown };
}

/** 1 − technical failures ÷ all, in parts per million (system success as overseers define it); null without payments. */
export function systemSuccessPpm(counts: OutcomeCounts): number | null {
  const all = counts.succeeded + counts.declined + counts.failed + counts.unknown;
  return ratioPpm(all - counts.failed, all);
}

/** Approved ÷ (all − technical failures − unknown), in parts per million; null where nothing was answered. */
export function businessSuccessPpm(counts: OutcomeCounts): number | null {
  return ratioPpm(counts.succeeded, counts.succeeded + counts.declined);
}

/** One figure of each hour from `from`, `hours` of them; null where that hour has none. */
export function hourly<T extends { readonly hour: Date }>(
  rows: readonly T[],
  span: { readonly from: Date; readonly hours: number },
  figure: (row: T) => number | null,
): (number | null)[] {
  const byHour = new Map(rows.map((row) => [row.hour.getTime(), row]));
  return Array.from({ length: span.hours }, (_, n) => {
    const row = byHour.get(span.from.getTime() + n * 3_600_000);
    return row ? figure(row) : null;
  });
}

/** A percentile over hours, from their histograms added up. */
export function percentileMs(hours: readonly HourLatency[], p: number): number | null {
  return quantile(
    hours.reduce<LatencyHistogram>((sum, { histogram }) => mergeHistograms(sum, histogram), []),
    p,
  );
}
