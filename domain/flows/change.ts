/**
 * Change against an earlier span as a fraction: 0.031 is +3.1 %, infinity is something where nothing was before. Null where both are
 * nothing.
 */
export function changeOf(now: bigint, before: bigint): number | null {
  if (before <= 0n) return now > 0n ? Number.POSITIVE_INFINITY : null;
  // Four digits are kept: the screen shows a tenth of a percent.
  return Number(((now - before) * 1_000_000n) / before) / 1_000_000;
}
