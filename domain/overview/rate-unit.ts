/** Spans of time that payments are counted by. */
export const RATE_UNITS = { second: 1, minute: 60, hour: 3600, day: 86_400 } as const;
export type RateUnit = keyof typeof RATE_UNITS;

/** Below this many a second, minute or hour, the next larger unit says more: 0.0012 a second is 103 a day. */
const TELLING = 0.1;

/** The unit in which a rate given in payments a second reads best. */
export function rateUnit(perSecond: number): RateUnit {
  if (perSecond >= TELLING || perSecond <= 0) return 'second';
  return (['minute', 'hour'] as const).find((unit) => perSecond * RATE_UNITS[unit] >= TELLING * 10) ?? 'day';
}

/** A rate given in payments a second, in `unit`: as many digits as the number needs. */
export function rateText(perSecond: number | null | undefined, unit: RateUnit = 'second'): string {
  if (perSecond === null || perSecond === undefined) return '—';
  const rate = perSecond * RATE_UNITS[unit];
  const digits = rate === 0 ? 0 : rate < 10 ? 2 : rate < 100 ? 1 : 0;
  return rate.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
