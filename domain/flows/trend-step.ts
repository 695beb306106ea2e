import type { TimeRange } from '../time-range';

const MINUTE = 60;
const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080].map((minutes) => minutes * MINUTE);

/** A screen cannot show more, and a browser should not be sent more. */
export const MAX_POINTS = 500;

/** The smallest round step, in seconds, that cuts the range into at most {@link MAX_POINTS}; never less than `leastS`. */
export function trendStepS(range: TimeRange, leastS = MINUTE): number {
  const spanS = (range.to.getTime() - range.from.getTime()) / 1000;
  // One more than fits evenly: a range that starts inside a step touches one step more.
  return STEPS_S.find((step) => step >= leastS && spanS / step + 1 <= MAX_POINTS) ?? Math.ceil(spanS / (MAX_POINTS - 1) / 86_400) * 86_400;
}

/** The range widened to whole steps, counted from `origin` (a business day's first instant, so that steps fall on round times). */
export function alignToSteps(range: TimeRange, stepS: number, origin: Date): TimeRange {
  const stepMs = stepS * 1000;
  const from = origin.getTime() + Math.floor((range.from.getTime() - origin.getTime()) / stepMs) * stepMs;
  const to = origin.getTime() + Math.ceil((range.to.getTime() - origin.getTime()) / stepMs) * stepMs;
  return { from: new Date(from), to: new Date(to) };
}
