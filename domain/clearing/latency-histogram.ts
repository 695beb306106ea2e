/**
 * How long things took, counted in buckets that each are 10 % wider than the last, so that histograms of minutes, hours and
 * institutions can be added up and still answer for a percentile. Percentiles themselves are never averaged.
 *
 * Index 0 holds everything below 1.1 ms, index i holds [1.1^i, 1.1^(i+1)) ms, the last index everything from there on (9 min 27 s).
 * Trailing zeros may be left out: a shorter array means the same. In the database it is an `integer[]`, added up by `histogram_add`.
 */
export type LatencyHistogram = readonly number[];

const WIDTH = 1.1;

/** Number of buckets: 1 ms to 10 min. */
export const BUCKETS = 140;

/**
 * A quantile differs from the true sample by at most this share of it (√1.1 − 1 ≈ 4.9 %), for samples from 1 ms to 10 min;
 * shorter ones read as 1.05 ms, longer ones as 9 min 54 s.
 */
export const QUANTILE_ERROR_MAX = Math.sqrt(WIDTH) - 1;

const LOWER_BOUNDS_MS = Array.from({ length: BUCKETS }, (_, bucket) => WIDTH ** bucket);
const LOG_WIDTH = Math.log(WIDTH);

/** Bucket of a duration in milliseconds. Negative durations (clocks that disagree) count as the shortest. */
export function bucketOf(ms: number): number {
  if (!(ms >= WIDTH)) return 0;
  const guess = Math.min(Math.floor(Math.log(ms) / LOG_WIDTH), BUCKETS - 1);
  // The logarithm may round across a bound; the bounds themselves decide.
  if (ms < lowerBoundMs(guess)) return guess - 1;
  if (guess < BUCKETS - 1 && ms >= lowerBoundMs(guess + 1)) return guess + 1;
  return guess;
}

/** Counts one more duration, in place: for code that gathers a histogram. */
export function countLatency(histogram: number[], ms: number): void {
  const bucket = bucketOf(ms);
  while (histogram.length <= bucket) histogram.push(0);
  histogram[bucket] = (histogram[bucket] as number) + 1;
}

/** Adds another histogram, in place: for code that gathers a histogram. */
export function addHistogram(histogram: number[], more: LatencyHistogram): void {
  while (histogram.length < more.length) histogram.push(0);
  for (let bucket = 0; bucket < more.length; bucket++) histogram[bucket] = (histogram[bucket] as number) + (more[bucket] as number);
}

/** Sum of two histograms; the order never matters. */
export function mergeHistograms(a: LatencyHistogram, b: LatencyHistogram): number[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, bucket) => (a[bucket] ?? 0) + (b[bucket] ?? 0));
}

/** How many durations were counted. */
export function histogramCount(histogram: LatencyHistogram): number {
  return histogram.reduce((sum, count) => sum + count, 0);
}

/**
 * The duration in milliseconds below or at which a share `p` (0 … 1) of all lie, by nearest rank, as the geometric middle of its bucket
 * (see QUANTILE_ERROR_MAX). Null where nothing was counted.
 */
export function quantile(histogram: LatencyHistogram, p: number): number | null {
  const count = histogramCount(histogram);
  if (count === 0) return null;
  const rank = Math.max(1, Math.ceil(p * count));
  let seen = 0;
  for (let bucket = 0; bucket < histogram.length; bucket++) {
    seen += histogram[bucket] as number;
    if (seen >= rank) return middleMs(bucket);
  }
  return middleMs(histogram.length - 1);
}

/** First duration of a bucket in milliseconds: for drawing a distribution. */
export function lowerBoundMs(bucket: number): number {
  return LOWER_BOUNDS_MS[bucket] as number;
}

function middleMs(bucket: number): number {
  return lowerBoundMs(bucket) * Math.sqrt(WIDTH);
}
