/** Seconds of one bar that were not well. */
export type StateBar = {
  readonly down: number;
  readonly degraded: number;
  readonly silent: number;
  readonly planned: number;
  readonly unknown: number;
};

const LETTERS = { d: 'down', g: 'degraded', s: 'silent', p: 'planned', u: 'unknown' } as const;
const NOTHING: StateBar = { down: 0, degraded: 0, silent: 0, planned: 0, unknown: 0 };

/**
 * Bars as they travel: a bar's position, then a letter and whole seconds for each state that it was in, bars joined by ";". "3d60p7200" is
 * the fourth bar, a minute down and two hours stopped as announced. What is not there was well.
 */
export function parseStateBars(text: string): ReadonlyMap<number, StateBar> {
  const bars = new Map<number, StateBar>();
  if (text === '') return bars;
  for (const part of text.split(';')) {
    const bar: Record<keyof StateBar, number> = { ...NOTHING };
    for (const [, letter, seconds] of part.matchAll(/([dgspu])(\d+)/g)) bar[LETTERS[letter as keyof typeof LETTERS]] = Number(seconds);
    bars.set(Number.parseInt(part, 10), bar);
  }
  return bars;
}

/** Bars of two spans that follow each other: those of the second stand after the first's `bars`. */
export function joinBars(first: string, second: string, bars: number): string {
  const moved = second.replace(/(^|;)(\d+)/g, (_, join: string, position: string) => `${join}${Number(position) + bars}`);
  return first === '' ? moved : moved === '' ? first : `${first};${moved}`;
}

export type BarLook =
  | { readonly kind: 'none' | 'planned' | 'beyond' | 'well' }
  /** Share of the bar from its foot that was degraded or within budget down, and above it that was silent. */
  | { readonly kind: 'partly'; readonly troubled: number; readonly silent: number };

/**
 * What a bar looks like. Beyond: more down than the target allows within the bar's own scheduled time. A bar that was never measured is
 * none, never well; one that was stopped as announced for a good part of its time, and otherwise well, is planned.
 */
export function barLook(bar: StateBar | undefined, { bucketS, targetPpm }: { bucketS: number; targetPpm: number }): BarLook {
  if (!bar) return { kind: 'well' };
  const scheduled = Math.max(0, bucketS - bar.planned - bar.unknown);
  if (bar.down > 0 && bar.down > (scheduled * (1_000_000 - targetPpm)) / 1_000_000) return { kind: 'beyond' };
  if (bar.unknown > bucketS / 2) return { kind: 'none' };
  const troubled = (bar.down + bar.degraded) / bucketS;
  const silent = bar.silent / bucketS;
  if (bar.planned > bucketS / 2 || (bar.planned > bucketS / 10 && troubled + silent === 0)) return { kind: 'planned' };
  return troubled + silent > 0 ? { kind: 'partly', troubled, silent } : { kind: 'well' };
}
