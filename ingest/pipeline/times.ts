import { type Refusal, refuse } from './refusal';

/** How far ahead of the gateway's clock a sender's clock may run. */
export const CLOCK_AHEAD_MAX_MS = 5 * 60_000;
const END_OF_TIME_MS = Date.UTC(2100, 0, 1);

/**
 * The named times of a line must lie between 1970 and five minutes from now, and none before the one that it follows.
 * `line` has passed its field rules.
 */
export function timesFault(line: Readonly<Record<string, unknown>>, names: readonly string[], nowMs: number): Refusal | undefined {
  for (const name of names) {
    const text = line[name];
    if (text === undefined) continue;
    const atMs = Date.parse(text as string);
    if (!(atMs >= 0)) return refuse('time-range', name, 'The time is before 1970.');
    if (atMs > nowMs + CLOCK_AHEAD_MAX_MS)
      return refuse('time-range', name, 'The time is more than five minutes ahead of the gateway’s clock.');
  }
  return undefined;
}

export function orderFault(line: Readonly<Record<string, unknown>>, earlier: string, later: string): Refusal | undefined {
  const from = line[earlier];
  const to = line[later];
  if (from === undefined || to === undefined || inOrder(from as string, to as string)) return undefined;
  return refuse('time-order', later, `${later} is before ${earlier}.`);
}

/** Times written alike (the usual case) stand in the order of their characters. */
function inOrder(from: string, to: string): boolean {
  if (from.length === to.length && from.slice(-6) === to.slice(-6) && !from.endsWith('Z')) return from <= to;
  if (from.length === to.length && from.endsWith('Z') && to.endsWith('Z')) return from <= to;
  return microsOf(from) <= microsOf(to);
}

/** A day of the calendar may lie ahead: value dates do. */
export function dateFault(line: Readonly<Record<string, unknown>>, name: string): Refusal | undefined {
  const text = line[name];
  if (text === undefined) return undefined;
  const atMs = Date.parse(text as string);
  return atMs >= 0 && atMs < END_OF_TIME_MS ? undefined : refuse('time-range', name, 'The date is not between 1970 and 2100.');
}

/** Microseconds since 1970, exactly: Date.parse drops what is finer than a millisecond. */
export function microsOf(time: string): number {
  // "2026-11-23T09:46:52.004Z" and "…+08:00": nothing finer to look for.
  if (time.length === 24 || (time.length === 29 && time[23] !== 'Z')) return Date.parse(time) * 1_000;
  const finer = /\.\d{3}(\d{1,3})/.exec(time)?.[1] ?? '0';
  return Date.parse(time) * 1_000 + Number(finer.padEnd(3, '0'));
}
