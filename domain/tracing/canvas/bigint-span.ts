/** The least and the most of some amounts; nothing where there are none. Math.min and Math.max do not take bigints. */
export function bigintSpan(values: readonly bigint[]): { readonly low: bigint; readonly high: bigint } {
  let low = values[0] ?? 0n;
  let high = low;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}
