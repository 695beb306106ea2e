import type { TimeRange } from '../time-range';

export type StepCount = { readonly at: Date; readonly payments: number };
export type BandStep = { readonly position: number; readonly low: number; readonly high: number };
export type ThroughputPoint = {
  readonly at: number;
  readonly now: number | null;
  readonly before: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

/** A step that has run for less than this share of itself says nothing about its rate yet. */
const STARTED_SHARE = 0.3;

/**
 * The trend in payments a second, one point a step of `range`. A step in which nothing came is zero, one that the data has not reached is
 * null, and the one still filling is divided by the time it has had. `before` was counted over `range` moved by `beforeShiftMs`.
 */
export function throughputPoints(input: {
  readonly range: TimeRange;
  readonly stepMs: number;
  readonly dataAt: Date;
  readonly now: readonly StepCount[];
  readonly before: readonly StepCount[] | null;
  readonly beforeShiftMs: number;
  readonly band: readonly BandStep[] | null;
}): ThroughputPoint[] {
  const { range, stepMs, dataAt, beforeShiftMs } = input;
  const start = range.from.getTime();
  const seconds = stepMs / 1000;
  const counts = byPosition(input.now, start, stepMs);
  const earlier = input.before && byPosition(input.before, start - beforeShiftMs, stepMs);
  const band = input.band && new Map(input.band.map((step) => [step.position, step]));
  return Array.from({ length: Math.ceil((range.to.getTime() - start) / stepMs) }, (_, position) => {
    const at = start + position * stepMs;
    const step = band?.get(position);
    return {
      at,
      now: rate(counts.get(position) ?? 0, Math.min(stepMs, dataAt.getTime() - at), stepMs),
      before: earlier ? (earlier.get(position) ?? 0) / seconds : null,
      low: step ? step.low / seconds : null,
      high: step ? step.high / seconds : null,
    };
  });
}

function rate(payments: number, ranMs: number, stepMs: number): number | null {
  return ranMs < stepMs * STARTED_SHARE ? null : payments / (ranMs / 1000);
}

function byPosition(steps: readonly StepCount[], start: number, stepMs: number): Map<number, number> {
  return new Map(steps.map((step) => [Math.round((step.at.getTime() - start) / stepMs), step.payments]));
}
