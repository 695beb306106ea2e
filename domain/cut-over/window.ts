import { BUSINESS_OFFSET_MS, DAY_MS } from '@/domain/time-range';

export const WINDOWS = [7, 14, 30, 90] as const;
export type WindowDays = (typeof WINDOWS)[number];
export const WINDOW_DEFAULT: WindowDays = 14;

/** Days are declared in the first hours after midnight; before three in the morning the day before yesterday is the last one to judge by. */
const DECLARED_BY_MS = 3 * 3_600_000;

/** Business days, both included, as "2026-11-22". */
export type DayWindow = { readonly from: string; readonly to: string; readonly days: number };

/** The last business day that both sides must have declared by now. */
export function lastClosedDay(now: Date): string {
  return dayText(Math.floor((now.getTime() + BUSINESS_OFFSET_MS - DECLARED_BY_MS) / DAY_MS) - 1);
}

export function dayWindow(now: Date, days: number): DayWindow {
  const to = lastClosedDay(now);
  return { from: addDays(to, 1 - days), to, days };
}

export function parseWindow(text: string | undefined): WindowDays {
  return WINDOWS.find((days) => String(days) === text) ?? WINDOW_DEFAULT;
}

export function addDays(day: string, days: number): string {
  return dayText(dayNumber(day) + days);
}

/** Days from `from` to `to`, both included; zero or less where they are the wrong way round. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from) + 1;
}

export function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

/** First instant of a business day. */
export function dayStart(day: string): Date {
  return new Date(dayNumber(day) * DAY_MS - BUSINESS_OFFSET_MS);
}

function dayText(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}
