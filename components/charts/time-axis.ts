import { BUSINESS_OFFSET_MS, toBusinessText } from '@/domain/time-range';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const STEPS_MS = [1 / 60, 1 / 30, 1 / 12, 1 / 6, 0.25, 0.5, 1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 720].map((hours) => hours * HOUR_MS);

/** Round times of the business day that divide a span into at most `parts`. */
export function timeTicks(from: number, to: number, parts: number): number[] {
  const step = STEPS_MS.find((candidate) => (to - from) / candidate <= parts) ?? 30 * DAY_MS;
  const ticks: number[] = [];
  for (let at = Math.ceil((from + BUSINESS_OFFSET_MS) / step) * step - BUSINESS_OFFSET_MS; at <= to; at += step) ticks.push(at);
  return ticks;
}

/** Midnight, and anything on a scale of days, is a date; the rest is a time. */
export function timeTickText(at: number, spanMs: number): string {
  const text = toBusinessText(new Date(at));
  return spanMs > 3 * DAY_MS || text.endsWith('00:00:00') ? text.slice(5, 10) : text.slice(11, 16);
}

/** A round number not below `value`, for the top of a linear axis with four parts. */
export function niceCeiling(value: number): number {
  if (value <= 0) return 1;
  const unit = 10 ** Math.floor(Math.log10(value));
  return ([1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].find((step) => step * unit >= value) ?? 10) * unit;
}
