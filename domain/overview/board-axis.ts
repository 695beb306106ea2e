import { DAY_MS, type TimeRange } from '../time-range';
import { HOUR_MS } from './rollup-window';

/** How bars divide a span, and the roll-up that they are read from. */
export type BoardAxis = { readonly tier: 'hour' | 'day'; readonly bucketMs: number };

/** A board of all institutions: an hour a bar up to two days, beyond that whole business days, at most 90 bars. */
export function boardAxis(range: TimeRange): BoardAxis {
  const span = spanOf(range);
  return span <= 2 * DAY_MS ? { tier: 'hour', bucketMs: HOUR_MS } : days(span);
}

/** One institution's trend: an hour a bar up to four days, six hours up to three weeks, beyond that whole business days. */
export function institutionAxis(range: TimeRange): BoardAxis {
  const span = spanOf(range);
  if (span <= 4 * DAY_MS) return { tier: 'hour', bucketMs: HOUR_MS };
  return span <= 21 * DAY_MS ? { tier: 'hour', bucketMs: 6 * HOUR_MS } : days(span);
}

function days(span: number): BoardAxis {
  return { tier: 'day', bucketMs: Math.max(1, Math.ceil(span / (92 * DAY_MS))) * DAY_MS };
}

function spanOf(range: TimeRange): number {
  return range.to.getTime() - range.from.getTime();
}
