/** The value below which a share `p` of the samples lie, by nearest rank. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN;
}

export function print(label: string, value: string): void {
  console.log(`  ${label.padEnd(58)} ${value}`);
}

export const perSecond = (count: number, ms: number) => `${Math.round((count / ms) * 1000).toLocaleString('en')} rows/s`;
export const ms = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en')} ms`;
