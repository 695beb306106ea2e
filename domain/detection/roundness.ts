/** Trailing zeros of an amount in hundredths of a major unit, at most six: 4 and more is a multiple of a hundred. */
export function roundness(amount: number): number {
  let hundredths = Math.round(amount * 100);
  if (hundredths === 0) return 0;
  let zeros = 0;
  while (zeros < 6 && hundredths % 10 === 0) {
    hundredths /= 10;
    zeros++;
  }
  return zeros;
}
