/** Length of each bar as a share of the longest, 0 to 1. */
export function barShares(values: readonly bigint[]): readonly number[] {
  const longest = Math.max(1, ...values.map(Number));
  return values.map((value) => Number(value) / longest);
}
