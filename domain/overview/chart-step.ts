import type { TimeRange } from '../time-range';

const MINUTE_MS = 60_000;
/** Steps that a trend may be drawn in; each divides the business day, so that points fall on the clock. */
const STEPS_MS = [1, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map((minutes) => minutes * MINUTE_MS);
export const MAX_POINTS = 500;

/**
 * Milliseconds between the points of a trend over `range`: the finest step that stays within {@link MAX_POINTS}.
 * One minute is offered up to six hours; beyond, the roll-up of five minutes is the finest.
 */
export function chartStepMs(range: TimeRange): number {
  const span = range.to.getTime() - range.from.getTime();
  const finest = span <= 6 * 60 * MINUTE_MS ? MINUTE_MS : 5 * MINUTE_MS;
  return (
    STEPS_MS.find((step) => step >= finest && span / step <= MAX_POINTS) ??
    Math.ceil(span / MAX_POINTS / (1440 * MINUTE_MS)) * 1440 * MINUTE_MS
  );
}
