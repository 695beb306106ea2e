import { DAY_MS, type TimeRange } from '../time-range';

const HOUR_MS = 3_600_000;

/** How long a bar of states is: an hour up to two days, six hours up to two weeks, beyond that whole business days, at most some 90 bars. */
export function stateAxisMs(range: TimeRange): number {
  const span = range.to.getTime() - range.from.getTime();
  if (span <= 2 * DAY_MS) return HOUR_MS;
  if (span <= 14 * DAY_MS) return 6 * HOUR_MS;
  return Math.max(1, Math.ceil(span / (92 * DAY_MS))) * DAY_MS;
}
