/** Consistency factor: 1.4826 times the MAD estimates the standard deviation of a normal series. */
const MAD_TO_SIGMA = 1.4826;

/** The middle value; of an even number of values the mean of both middle ones. Null of nothing. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

export type Baseline = { readonly median: number; readonly mad: number; readonly samples: number };

/** Median and median absolute deviation: up to half of the samples may be anomalies themselves. */
export function baselineOf(samples: readonly number[]): Baseline | null {
  const middle = median(samples);
  if (middle === null) return null;
  return { median: middle, mad: median(samples.map((value) => Math.abs(value - middle))) as number, samples: samples.length };
}

/**
 * How many robust standard deviations a count is above its baseline. A count varies by chance alone with the root of its mean, so the spread
 * is never taken to be less than that: a quiet series of equal samples would make everything an anomaly.
 */
export function surgeScore(value: number, baseline: Baseline): number {
  const { median: middle, mad } = baseline;
  return (value - middle) / (Math.max(MAD_TO_SIGMA * mad, Math.sqrt(Math.max(1, middle))) * unsureOfMedian(baseline));
}

/** A median of few samples is itself uncertain, by π/2 over their number: the spread of a difference from it is so much wider. */
export function unsureOfMedian({ samples }: Baseline): number {
  return Math.sqrt(1 + Math.PI / 2 / samples);
}
