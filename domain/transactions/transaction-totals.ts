import type { StatusClass } from './transaction-filter';

/** What a filter's payments add up to in one currency. `amountMinor`: succeeded payments only. */
export type CurrencyTotal = Readonly<Record<StatusClass, bigint>> & { readonly currency: string; readonly amountMinor: bigint };

/**
 * exact: counted to the last row. atLeast: there are more than the bound, and nobody counted how many.
 * uncounted: counting took longer than a page may; nothing is known.
 */
export type TransactionTotals =
  | { readonly kind: 'exact'; readonly from: 'rollup' | 'rows'; readonly byCurrency: readonly CurrencyTotal[] }
  | { readonly kind: 'atLeast'; readonly count: number }
  | { readonly kind: 'uncounted' };

export function paymentsOf(total: CurrencyTotal): bigint {
  return total.succeeded + total.declined + total.failed + total.unknown;
}

/** All payments of exact totals; currencies may be added as counts, never as amounts. */
export function countOf(byCurrency: readonly CurrencyTotal[]): bigint {
  return byCurrency.reduce((sum, total) => sum + paymentsOf(total), 0n);
}

/** Totals of the same currencies joined, the currency with most payments first. */
export function joinTotals(parts: readonly CurrencyTotal[]): readonly CurrencyTotal[] {
  const joined = new Map<string, CurrencyTotal>();
  for (const part of parts) {
    const before = joined.get(part.currency);
    joined.set(
      part.currency,
      before
        ? {
            currency: part.currency,
            succeeded: before.succeeded + part.succeeded,
            declined: before.declined + part.declined,
            failed: before.failed + part.failed,
            unknown: before.unknown + part.unknown,
            amountMinor: before.amountMinor + part.amountMinor,
          }
        : part,
    );
  }
  return [...joined.values()]
    .filter((total) => paymentsOf(total) > 0n)
    .sort((a, b) => Number(paymentsOf(b) - paymentsOf(a)) || (a.currency < b.currency ? -1 : 1));
}

/** Totals as they cross to the browser: counts and amounts as strings. */
export type TotalsWire =
  | {
      readonly kind: 'exact';
      readonly from: 'rollup' | 'rows';
      readonly count: string;
      readonly byCurrency: readonly (Readonly<Record<StatusClass | 'payments' | 'amountMinor', string>> & { readonly currency: string })[];
    }
  | { readonly kind: 'atLeast'; readonly count: string }
  | { readonly kind: 'uncounted' };

export function totalsWire(totals: TransactionTotals): TotalsWire {
  if (totals.kind === 'uncounted') return totals;
  if (totals.kind === 'atLeast') return { kind: 'atLeast', count: String(totals.count) };
  const byCurrency = totals.byCurrency.map((total) => ({
    currency: total.currency,
    payments: paymentsOf(total).toString(),
    succeeded: total.succeeded.toString(),
    declined: total.declined.toString(),
    failed: total.failed.toString(),
    unknown: total.unknown.toString(),
    amountMinor: total.amountMinor.toString(),
  }));
  return { kind: 'exact', from: totals.from, count: countOf(totals.byCurrency).toString(), byCurrency };
}
