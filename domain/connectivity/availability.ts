import { INSTITUTION_STATES, type InstitutionStateName } from '../overview/institution-state';

/** One stretch of an institution's past, epoch milliseconds, half-open. The open one reaches to now. */
export type StateSpan = { readonly fromMs: number; readonly toMs: number | null; readonly state: InstitutionStateName };
export type StateTimes = Readonly<Record<InstitutionStateName, number>>;

/** Parts per million that must be reached, where nobody set another target: 99.99 %, some 4.3 minutes in 30 days. */
export const AVAILABILITY_TARGET_PPM = 999_900;

/** Milliseconds in each state within [fromMs, toMs); what no span covers is unknown, so that they always add up to the whole. */
export function timesByState(spans: readonly StateSpan[], within: { fromMs: number; toMs: number }): StateTimes {
  const times: Record<InstitutionStateName, number> = { down: 0, silent: 0, degraded: 0, planned: 0, unknown: 0, up: 0 };
  for (const { fromMs, toMs, state } of spans)
    times[state] += Math.max(0, Math.min(toMs ?? within.toMs, within.toMs) - Math.max(fromMs, within.fromMs));
  const covered = INSTITUTION_STATES.reduce((sum, state) => sum + times[state], 0);
  times.unknown += Math.max(0, within.toMs - within.fromMs - covered);
  return times;
}

export type Availability = {
  /** Parts per million, rounded down so that a target missed never reads as met; null where nothing was scheduled. */
  readonly ppm: number | null;
  /** The denominator: all time less announced stops and less what was not measured. */
  readonly scheduledMs: number;
  readonly downMs: number;
};

/** Availability = 1 − unplanned down ÷ scheduled. Slow or silent service is shown beside it, not counted as down. */
export function availability(times: StateTimes): Availability {
  const scheduledMs = times.up + times.degraded + times.silent + times.down;
  return {
    ppm: scheduledMs === 0 ? null : Math.floor(((scheduledMs - times.down) / scheduledMs) * 1_000_000),
    scheduledMs,
    downMs: times.down,
  };
}

/** So much of a span must have been measured for its availability to stand for the whole of it. */
const TELLING_SHARE = 0.95;

/** How long was measured at all, where that is only a part of the span: an availability of minutes is not one of a month. Else null. */
export function partlyObservedMs(times: StateTimes): number | null {
  const wholeMs = INSTITUTION_STATES.reduce((sum, state) => sum + times[state], 0);
  const observedMs = wholeMs - times.unknown;
  return observedMs > 0 && observedMs < wholeMs * TELLING_SHARE ? observedMs : null;
}

/** How much down a target still allows within the scheduled time; negative once it is overdrawn. */
export function budgetLeftMs({ scheduledMs, downMs }: Availability, targetPpm: number): number {
  return Math.floor((scheduledMs * (1_000_000 - targetPpm)) / 1_000_000) - downMs;
}
