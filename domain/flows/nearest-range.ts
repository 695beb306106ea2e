import { DAY_MS, startOfBusinessDay, type TimeRange } from '../time-range';

/** A range of years is not looked for in one piece. */
const DAYS_MAX = 31;

/**
 * Whole business days about as long as `range`, a month at most, that end with the day of `before`, or begin with the day of `after`: where to go from a
 * range that holds nothing. Undefined where nothing lies in that direction.
 */
export function nearestRanges(
  range: TimeRange,
  { before, after }: { before: Date | null; after: Date | null },
): { readonly earlier: TimeRange | undefined; readonly later: TimeRange | undefined } {
  const lengthMs = Math.min(DAYS_MAX, Math.max(1, Math.round((range.to.getTime() - range.from.getTime()) / DAY_MS))) * DAY_MS;
  const end = before && startOfBusinessDay(before).getTime() + DAY_MS;
  const start = after && startOfBusinessDay(after).getTime();
  return {
    earlier: end === null ? undefined : { from: new Date(end - lengthMs), to: new Date(end) },
    later: start === null ? undefined : { from: new Date(start), to: new Date(start + lengthMs) },
  };
}
