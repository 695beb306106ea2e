/** The largest and the smallest of some amounts and zero. */
export function extremes(minors: Iterable<bigint>): { readonly highest: bigint; readonly lowest: bigint } {
  let [highest, lowest] = [0n, 0n];
  for (const minor of minors) {
    if (minor > highest) highest = minor;
    if (minor < lowest) lowest = minor;
  }
  return { highest, lowest };
}

/** How large an amount is, whichever way it goes. */
export function sizeOf(minor: bigint): bigint {
  return minor < 0n ? -minor : minor;
}
