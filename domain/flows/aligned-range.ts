import { rollupWindow } from '../overview/rollup-window';
import { BUSINESS_OFFSET_MS, type Compare, comparedRange, DAY_MS, type RangeChoice, type TimeRange } from '../time-range';

const HOUR_MS = 3_600_000;

/** A stretch that one roll-up tier answers exactly; `from` and `to` lie on that tier's own edges. */
export type TierSpan = { readonly tier: 'day' | 'hour'; readonly range: TimeRange };

/** What a flow screen reads: whole hours, because pairs are rolled up by the hour. */
export type AlignedRange = {
  /** The chosen range in whole hours. */
  readonly range: TimeRange;
  /** The same payments as a span that ends just after the newest: every link from a figure carries exactly this one. */
  readonly rows: TimeRange;
  /** The part of `range` whose hours have ended: only ended hours are compared. Undefined where none has ended. */
  readonly ended: TimeRange | undefined;
  /** The hour still filling, or undefined where every hour has ended. */
  readonly open: TimeRange | undefined;
  /** What `ended` is compared with: equally long, equally whole. */
  readonly before: TimeRange | undefined;
};

/**
 * The hours that a choice means, the very ones that the overview counts. With live data the last hour is not over yet: comparing its first
 * minutes with a whole hour of last week would always read as a fall, so a comparison leaves it out on both sides.
 */
export function alignToHours({
  range,
  choice = { kind: 'absolute', range },
  dataAt,
  compare,
}: {
  choice?: RangeChoice;
  range: TimeRange;
  dataAt: Date;
  compare: Compare;
}): AlignedRange {
  const { buckets: aligned, rows } = rollupWindow({ choice, range, dataAt, bucketMs: HOUR_MS });
  const endedTo = new Date(Math.min(aligned.to.getTime(), hourFloor(dataAt).getTime()));
  const ended = endedTo > aligned.from ? { from: aligned.from, to: endedTo } : undefined;
  const open = endedTo < aligned.to ? { from: ended ? endedTo : aligned.from, to: aligned.to } : undefined;
  const shiftMs = compareShiftMs({ chosen: range, aligned, compare });
  const before = ended && shiftMs !== undefined ? shifted(ended, -shiftMs) : undefined;
  return { range: aligned, rows, ended, open, before };
}

/**
 * How far back the span compared with lies. Weeks are counted over the range as chosen: seven days widened by an hour are still compared
 * with the week before, not with the one before that. "Previous" steps over the widened range, so that the two never overlap.
 */
export function compareShiftMs({
  chosen,
  aligned,
  compare,
}: {
  chosen: TimeRange;
  aligned: TimeRange;
  compare: Compare;
}): number | undefined {
  const of = compare === 'previous' ? aligned : chosen;
  const compared = comparedRange(of, compare);
  return compared && of.from.getTime() - compared.from.getTime();
}

/** Of a span compared with, this share may lie before the first record: a platform's history begins in the middle of an hour. */
const UNRECORDED_SHARE = 0.05;

/** Whether the span compared with was recorded: against a time before the first record everything would be new. */
export function isRecorded(before: TimeRange | undefined, first: Date | undefined): boolean {
  if (!before || !first) return false;
  return first.getTime() - before.from.getTime() <= UNRECORDED_SHARE * (before.to.getTime() - before.from.getTime());
}

/** Cuts whole hours into whole business days, which the day tier answers with far fewer rows, and the hours at both ends. */
export function tierSpans(range: TimeRange): readonly TierSpan[] {
  const firstDay = dayCeil(range.from);
  const lastDay = dayFloor(range.to);
  if (lastDay <= firstDay) return [{ tier: 'hour', range }];
  const spans: TierSpan[] = [];
  if (range.from < firstDay) spans.push({ tier: 'hour', range: { from: range.from, to: firstDay } });
  spans.push({ tier: 'day', range: { from: firstDay, to: lastDay } });
  if (lastDay < range.to) spans.push({ tier: 'hour', range: { from: lastDay, to: range.to } });
  return spans;
}

/** Hours on the clock that a span read by the hour covers: those that are over, and whether one more is still running. */
export function hoursSaid({ range, rows }: { readonly range: TimeRange; readonly rows: TimeRange }): {
  ended: number;
  running: 'yes' | 'no';
} {
  const running = rows.to < range.to;
  return { ended: hoursOf(range) - (running ? 1 : 0), running: running ? 'yes' : 'no' };
}

/** Length in whole hours. */
export function hoursOf(range: TimeRange): number {
  return Math.round((range.to.getTime() - range.from.getTime()) / HOUR_MS);
}

export function shifted(range: TimeRange, byMs: number): TimeRange {
  return { from: new Date(range.from.getTime() + byMs), to: new Date(range.to.getTime() + byMs) };
}

function hourFloor(at: Date): Date {
  return new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);
}

function dayFloor(at: Date): Date {
  return new Date(Math.floor((at.getTime() + BUSINESS_OFFSET_MS) / DAY_MS) * DAY_MS - BUSINESS_OFFSET_MS);
}

function dayCeil(at: Date): Date {
  return new Date(Math.ceil((at.getTime() + BUSINESS_OFFSET_MS) / DAY_MS) * DAY_MS - BUSINESS_OFFSET_MS);
}
