import { DAY_MS, type TimeRange } from '../../time-range';
import type { TraceDirection } from '../trace-question';

const BACK_MS = 7 * DAY_MS;

/**
 * The range that a trace has while nobody asks for another: forward from the payment to the newest data, backward a week up to the payment;
 * without a payment the last week. In whole seconds, because an address says no more.
 */
export function naturalRange(
  direction: TraceDirection,
  { acceptedAt, dataAt }: { readonly acceptedAt: Date | null; readonly dataAt: Date },
): TimeRange {
  const end = acceptedAt !== null && (direction === 'backward' || acceptedAt > dataAt) ? acceptedAt : dataAt;
  const start = acceptedAt !== null && direction === 'forward' ? acceptedAt : new Date(end.getTime() - BACK_MS);
  return wholeSeconds({ from: start, to: end });
}

/** The shortest range in whole seconds that holds `range` and its last moment. */
export function wholeSeconds({ from, to }: TimeRange): TimeRange {
  const second = (at: Date, more: number) => new Date((Math.floor(at.getTime() / 1000) + more) * 1000);
  return { from: second(from, 0), to: second(to, 1) };
}
