import type { TimeRange } from '@/domain/time-range';

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** A calendar month in business time; the month that holds `now` where the text is none. */
export function monthOf(
  text: unknown,
  now: Date,
): { readonly month: string; readonly range: TimeRange; readonly before: string; readonly after: string } {
  const present = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 7);
  const month = typeof text === 'string' && MONTH.test(text) && text <= present ? text : present;
  const [year, number] = month.split('-').map(Number) as [number, number];
  return {
    month,
    range: { from: startOf(year, number), to: startOf(year, number + 1) },
    before: name(year, number - 1),
    after: name(year, number + 1),
  };
}

function startOf(year: number, month: number): Date {
  return new Date(Date.UTC(year, month - 1, 1) - 8 * 3_600_000);
}

function name(year: number, month: number): string {
  return new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 7);
}
