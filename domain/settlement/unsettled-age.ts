/** Ages of value that was paid and is not final yet, counted from the cut-off of its session. */
export const AGE_BANDS = ['in-session', 'under-1h', 'under-6h', 'under-1d', 'under-3d', 'older'] as const;
export type AgeBand = (typeof AGE_BANDS)[number];

const HOUR_MS = 3_600_000;
const LIMITS: readonly (readonly [AgeBand, number])[] = [
  ['in-session', 0],
  ['under-1h', HOUR_MS],
  ['under-6h', 6 * HOUR_MS],
  ['under-1d', 24 * HOUR_MS],
  ['under-3d', 72 * HOUR_MS],
];

export type Unsettled = { readonly cutOffAtMs: number; readonly unsettledMinor: bigint; readonly payments: number };
export type UnsettledBand = { readonly band: AgeBand; readonly minor: bigint; readonly payments: number; readonly sessions: number };

export function ageBand(cutOffAtMs: number, asOfMs: number): AgeBand {
  const age = asOfMs - cutOffAtMs;
  return LIMITS.find(([, limit]) => age < limit)?.[0] ?? 'older';
}

/** Unsettled value by age, every band in its order; the bands add up to the whole. */
export function unsettledByAge(sessions: readonly Unsettled[], asOfMs: number): readonly UnsettledBand[] {
  return AGE_BANDS.map((band) => {
    const of = sessions.filter(({ cutOffAtMs, unsettledMinor }) => unsettledMinor !== 0n && ageBand(cutOffAtMs, asOfMs) === band);
    return {
      band,
      minor: of.reduce((sum, { unsettledMinor }) => sum + unsettledMinor, 0n),
      payments: of.reduce((sum, { payments }) => sum + payments, 0),
      sessions: of.length,
    };
  });
}
