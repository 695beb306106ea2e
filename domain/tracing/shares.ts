/** amount · part / whole in whole units, by the largest remainder of part and rest; an even remainder goes to the part. Needs part ≤ whole. */
export function shareOfMixture(amount: bigint, part: bigint, whole: bigint): bigint {
  return (2n * amount * part + whole) / (2n * whole);
}

/**
 * Splits an amount in proportion to weights, in whole units that add up to it, `total` being the weights' sum: the largest remainders are rounded up, of equal ones the first.
 * Needs amount ≤ total; no share is then more than its weight.
 */
export function largestRemainder(amount: bigint, weights: readonly bigint[], total: bigint): readonly bigint[] {
  if (amount === total) return weights;
  const shares = weights.map((weight) => (amount * weight) / total);
  let left = amount;
  for (const share of shares) left -= share;
  if (left === 0n) return shares;
  const remainders = weights.map((weight) => (amount * weight) % total);
  const order = remainders.map((_, i) => i).sort((a, b) => compare(remainders[b] as bigint, remainders[a] as bigint) || a - b);
  for (const i of order.slice(0, Number(left))) shares[i] = (shares[i] as bigint) + 1n;
  return shares;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function smaller(a: bigint, b: bigint): bigint {
  // Math.min knows no whole numbers of this size.
  return a > b ? b : a;
}
