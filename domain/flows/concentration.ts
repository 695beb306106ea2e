/**
 * Herfindahl–Hirschman index Σ(100·sᵢ)² of the shares of `amounts`: 10,000 where one has all, near 0 where all are small.
 * Shares are taken to a millionth in whole numbers. Null where there is nothing to share.
 */
export function hhi(amounts: Iterable<bigint>): number | null {
  const parts = [...amounts];
  const total = parts.reduce((sum, amount) => sum + amount, 0n);
  if (total === 0n) return null;
  return indexPoints(parts.reduce((sum, amount) => sum + shareSquared(amount, total), 0n));
}

/** The square of a share, counted in millionths: what one participant adds to the index. Shares are of `total`, which is not zero. */
export function shareSquared(amount: bigint, total: bigint): bigint {
  const shareMillionths = (amount * 1_000_000n + total / 2n) / total;
  return shareMillionths * shareMillionths;
}

/** Squares of shares in millionths as points of the index, of which there are 10,000. */
export function indexPoints(squares: bigint): number {
  return Number(squares / 1_000n) / 100_000;
}

/** Share of the five largest, 0 to 1. Null where there is nothing to share. */
export function cr5(amounts: Iterable<bigint>): number | null {
  const parts = [...amounts].sort((a, b) => (a < b ? 1 : a > b ? -1 : 0));
  const total = parts.reduce((sum, amount) => sum + amount, 0n);
  if (total === 0n) return null;
  const five = parts.slice(0, 5).reduce((sum, amount) => sum + amount, 0n);
  return Number((five * 1_000_000n) / total) / 1_000_000;
}
