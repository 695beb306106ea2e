import { formatDecimal } from './count';

/**
 * Parts per million as percent: 996_230 → "99.62".
 * What is not quite all never shows as 100 and what is not quite nothing never as 0: those two are cut, not rounded.
 */
export function percentDigits(ppm: number, decimals = 2): string {
  const step = 10 ** (4 - decimals);
  if (ppm > 0 && ppm < 1_000_000) {
    const units = Math.min(10 ** (decimals + 2) - 1, Math.round(ppm / step));
    return formatDecimal(units / 10 ** decimals, decimals);
  }
  return formatDecimal(ppm / 10_000, decimals);
}

/** "99.62%" or, where there is nothing to divide by, "—". */
export function formatPercent(ppm: number | null, decimals = 2): string {
  return ppm === null ? '—' : `${percentDigits(ppm, decimals)}%`;
}
