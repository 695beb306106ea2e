import { DAY_MS, type TimeRange, toBusinessText } from '../time-range';
import { dayText, momentText } from './moment';

/** "11-22 09:00 – 11-23 09:00", "11-22" where it is one whole business day, "11-22 – 11-24" of several; years where not of this one. */
export function spanText({ from, to }: TimeRange, now: Date = new Date()): string {
  const [first, last] = [toBusinessText(from), toBusinessText(to)];
  if (!first.endsWith('00:00:00') || !last.endsWith('00:00:00')) return `${momentText(from, now)} – ${momentText(to, now)}`;
  // The end is not of the span: its last day is the one before.
  const lastDay = new Date(to.getTime() - DAY_MS);
  return lastDay.getTime() === from.getTime() ? dayText(from, now) : `${dayText(from, now)} – ${dayText(lastDay, now)}`;
}
