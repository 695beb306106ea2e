import type { MadeTransaction } from './clearing-rows';

const START_MS = Date.UTC(2026, 10, 20, 1);
const MINUTE_MS = 60_000;

/**
 * Made-up payments of so many payers, each of whom stays below a reporting step of 50,000 four times in a day and pays somebody of its own:
 * the engine sees one alert in each. Payers belong to `payer`'s institution and to `other`'s in turn.
 */
export function structuredPayments(payers: number, { payer, other }: { payer: number; other: number }): readonly MadeTransaction[] {
  return Array.from({ length: payers }, (_, n) =>
    [4_712_300, 4_590_050, 4_871_000, 4_650_725].map((minor, i) => ({
      id: `structured-${n}-${i}`,
      at: new Date(START_MS + (n + i * 60) * MINUTE_MS).toISOString(),
      payer: n % 2 === 0 ? payer : other,
      payee: n % 2 === 0 ? other : payer,
      from: `62220000000${String(10_000 + n)}`,
      to: `62170000000${String(50_000 + n)}`,
      minor: minor + n * 100,
      type: 'transfer',
    })),
  ).flat();
}
