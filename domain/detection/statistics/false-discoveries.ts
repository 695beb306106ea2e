/**
 * Which of many tests stand, so that among those that do at most the share `rate` are expected to be false (Benjamini & Hochberg 1995). Given
 * p-values in any order, answers in the same order. Tests that could not be made (null) neither stand nor count.
 */
export function discoveries(pValues: readonly (number | null)[], rate: number): readonly boolean[] {
  const ranked = pValues.flatMap((p, i) => (p === null ? [] : [{ p, i }])).sort((a, b) => a.p - b.p);
  const stands = pValues.map(() => false);
  const last = ranked.findLastIndex(({ p }, rank) => p <= ((rank + 1) / ranked.length) * rate);
  for (const { i } of ranked.slice(0, last + 1)) stands[i] = true;
  return stands;
}
