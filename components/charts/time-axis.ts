import { BUSINESS_OFFSET_MS, toBusinessText } from '@/domain/time-range';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const YEAR_MS = 365 * DAY_MS;
const STEPS_MS = [
  ...[1 / 60, 1 / 30, 1 / 12, 1 / 6, 0.25, 0.5, 1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 4, 7, 14, 30, 60, 90, 180, 365, 730, 1460, 3650].map((days) => days * DAY_MS),
];

/** Round times of the business day that divide a span into at most `parts`. */
export function timeTicks(from: number, to: number, parts: number): number[] {
  const step = STEPS_MS.find((candidate) => (to - from) / candidate <= parts) ?? 7300 * DAY_MS;
  const ticks: number[] = [];
  for (let at = Math.ceil((from + BUSINESS_OFFSET_MS) / step) * step - BUSINESS_OFFSET_MS; at <= to; at += step) ticks.push(at);
  return ticks;
}

/** Midnight, and anything on a scale of days, is a date, on a scale of years one with its year; the rest is a time. */
export function timeTickText(at: number, spanMs: number): string {
  const text = toBusinessText(new Date(at));
  if (spanMs > YEAR_MS) return text.slice(0, spanMs > 4 * YEAR_MS ? 7 : 10);
  return spanMs > 3 * DAY_MS || text.endsWith('00:00:00') ? text.slice(5, 10) : text.slice(11, 16);
}

/** A round number not below `value`, for the top of a linear axis with four parts. */
export function niceCeiling(value: number): number {
  if (value <= 0) return 1;
  const unit = 10 ** Math.floor(Math.log10(value));
  return ([1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].find((step) => step * unit >= value) ?? 10) * unit;
}

/** A mark of an axis that ends at `ceiling`, with the digits that tell its four parts apart. */
export function axisNumber(value: number, ceiling: number): string {
  const digits = Math.max(0, Math.ceil(1 - Math.log10(ceiling / 4)));
  return value.toLocaleString('en-US', { maximumFractionDigits: ceiling >= 20 ? 0 : Math.min(8, digits) });
}
