/** Steps of the depth scale; 0 is "no traffic". */
export const DEPTH_STEPS = 10;

/** Ends of a logarithmic scale, whole powers of ten. */
export type DepthScale = { readonly from: bigint; readonly to: bigint };

/**
 * Whole decades that hold the values, the smallest 2 % left to the first step: one stray cent would otherwise spend half of the scale.
 * At least one decade wide.
 */
export function depthScale(values: readonly bigint[]): DepthScale {
  const present = values.filter((value) => value > 0n).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const largest = present.at(-1);
  if (largest === undefined) return { from: 1n, to: 10n };
  const low = present[Math.floor(present.length * 0.02)] ?? 1n;
  const from = 10n ** BigInt(low.toString().length - 1);
  const to = 10n ** BigInt((largest - 1n).toString().length);
  return { from, to: to > from ? to : from * 10n };
}

/** Step 1 to {@link DEPTH_STEPS} of a positive value, 0 of zero. */
export function depthOf(value: number, { from, to }: DepthScale): number {
  if (value <= 0) return 0;
  const low = Math.log10(Number(from));
  const share = (Math.log10(value) - low) / (Math.log10(Number(to)) - low);
  return Math.max(1, Math.min(DEPTH_STEPS, Math.ceil(share * DEPTH_STEPS)));
}

/**
 * Step −5 to 5 of a change: growth is positive, fall negative, 0 where nothing can be compared or nothing moved by 2.5 %.
 * Edges 2.5, 10, 25, 50, 100 %: a pair twice as busy, or silent, is a full step whatever its size.
 */
export function changeStep(change: number | null): number {
  if (change === null) return 0;
  const size = Math.abs(change);
  const step = size < 0.025 ? 0 : size < 0.1 ? 1 : size < 0.25 ? 2 : size < 0.5 ? 3 : size < 1 ? 4 : 5;
  return change < 0 ? -step : step;
}
