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

/**
 * The q-value of each test, in the same order: the smallest rate at which {@link discoveries} lets it stand. Null where there was no test.
 */
export function qValues(pValues: readonly (number | null)[]): readonly (number | null)[] {
  const ranked = pValues.flatMap((p, i) => (p === null ? [] : [{ p, i }])).sort((a, b) => a.p - b.p);
  const found: (number | null)[] = pValues.map(() => null);
  let least = 1;
  for (let rank = ranked.length; rank >= 1; rank--) {
    const { p, i } = ranked[rank - 1] as (typeof ranked)[number];
    least = Math.min(least, (p * ranked.length) / rank);
    found[i] = least;
  }
  return found;
}
