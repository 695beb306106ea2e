import { DAY_SECONDS, ZONE_SECONDS } from './calendar';

const TWO = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
const THREE = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, '0'));
const datesByDay = new Map<number, string>();

/** "2026-11-23" of a business day counted from 1970-01-01. */
export function businessDate(day: number): string {
  const known = datesByDay.get(day);
  if (known !== undefined) return known;
  const date = new Date(day * DAY_SECONDS * 1000).toISOString().slice(0, 10);
  if (datesByDay.size > 1_000) datesByDay.clear();
  datesByDay.set(day, date);
  return date;
}

/** Epoch ms as "2026-11-23T13:45:07.123+08:00". */
export function businessTime(ms: number): string {
  const second = Math.floor(ms / 1000);
  const local = second + ZONE_SECONDS;
  const day = Math.floor(local / DAY_SECONDS);
  const within = local - day * DAY_SECONDS;
  const [hours, minutes, seconds] = [Math.floor(within / 3600), Math.floor(within / 60) % 60, within % 60];
  return `${businessDate(day)}T${TWO[hours]}:${TWO[minutes]}:${TWO[seconds]}.${THREE[ms - second * 1000]}+08:00`;
}

/** "20261123134507" of an epoch second. */
export function businessStamp(second: number): string {
  const local = second + ZONE_SECONDS;
  const day = Math.floor(local / DAY_SECONDS);
  const within = local - day * DAY_SECONDS;
  const [hours, minutes, seconds] = [Math.floor(within / 3600), Math.floor(within / 60) % 60, within % 60];
  const date = businessDate(day);
  return `${date.slice(0, 4)}${date.slice(5, 7)}${date.slice(8)}${TWO[hours]}${TWO[minutes]}${TWO[seconds]}`;
}
