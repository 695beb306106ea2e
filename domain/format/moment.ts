import { toBusinessText } from '../time-range';

/** "11-22 18:00" in business time, with its year where that is not the year of `now`: "1993-12-31 18:00". */
export function momentText(at: Date, now: Date = new Date()): string {
  return toBusinessText(at).slice(yearLength(at, now), 16);
}

/** "11-22", or "1993-12-31" where the year is not that of `now`. */
export function dayText(at: Date, now: Date = new Date()): string {
  return toBusinessText(at).slice(yearLength(at, now), 10);
}

function yearLength(at: Date, now: Date): 0 | 5 {
  return toBusinessText(at).slice(0, 4) === toBusinessText(now).slice(0, 4) ? 5 : 0;
}
