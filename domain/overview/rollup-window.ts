import { BUSINESS_OFFSET_MS, DAY_MS, type RangeChoice, type TimeRange } from '../time-range';

const MINUTE_MS = 60_000;
export const SLOT_MS = 5 * MINUTE_MS;
export const HOUR_MS = 60 * MINUTE_MS;
/** A live span of fewer buckets would lose too much of itself by keeping its length: it covers all that was asked for instead. */
const FEW_BUCKETS = 6;

/** What a span really covers once it is read from a roll-up, and the rows that add up to it. */
export type RollupWindow = {
  /** Whole buckets: half-open, both ends on a bucket's edge. */
  readonly buckets: TimeRange;
  /** The same rows as a span of the transactions page: ends just after the newest row that the roll-up holds. */
  readonly rows: TimeRange;
  /** Whether the buckets cover more or less than was asked for: the caption then says which. */
  readonly moved: boolean;
};

/**
 * A span on the edges of a roll-up's buckets, so that a figure and the rows it links to are the same rows.
 * A live span keeps its length and ends with the bucket that is still filling, one of few buckets begins where it was asked to; an absolute
 * one grows to whole buckets.
 */
export function rollupWindow(input: { choice: RangeChoice; range: TimeRange; dataAt: Date; bucketMs: number }): RollupWindow {
  const { choice, range, dataAt, bucketMs } = input;
  // Counted in business time, so that buckets of a day are business days.
  const edge = (at: Date, round: (buckets: number) => number) =>
    new Date(round((at.getTime() + BUSINESS_OFFSET_MS) / bucketMs) * bucketMs - BUSINESS_OFFSET_MS);
  const up = (at: Date) => edge(at, Math.ceil);
  const down = (at: Date) => edge(at, Math.floor);
  // The newest row lies in the bucket that begins at or before it, also when it begins exactly there.
  const to = choice.kind === 'live' ? new Date(down(range.to).getTime() + bucketMs) : up(range.to);
  const few = range.to.getTime() - range.from.getTime() < FEW_BUCKETS * bucketMs;
  const from = choice.kind === 'live' && !few ? new Date(to.getTime() - spanOf(range, bucketMs)) : down(range.from);
  const afterData = new Date(Math.floor(dataAt.getTime() / 1000) * 1000 + 1000);
  const rowsTo = from < afterData && afterData < to ? afterData : to;
  return {
    buckets: { from, to },
    rows: { from, to: rowsTo },
    moved: from.getTime() !== range.from.getTime() || (choice.kind === 'absolute' && to.getTime() !== range.to.getTime()),
  };
}

/** The same buckets, a whole number of days earlier. */
export function shifted(range: TimeRange, days: number): TimeRange {
  return { from: new Date(range.from.getTime() + days * DAY_MS), to: new Date(range.to.getTime() + days * DAY_MS) };
}

function spanOf(range: TimeRange, bucketMs: number): number {
  return Math.round((range.to.getTime() - range.from.getTime()) / bucketMs) * bucketMs;
}
