import type { TypePart } from '@/server/queries/flows/pair-breakdown';

/** `attempts` is every payment asked for; the amount is of the succeeded ones. */
export type PairSums = Omit<TypePart, 'type'> & { readonly attempts: bigint };

/** What the business types of a pair add up to. */
export function pairTotals(parts: readonly TypePart[]): PairSums {
  const sum = (of: (part: TypePart) => bigint) => parts.reduce((total, part) => total + of(part), 0n);
  return {
    succeeded: sum((part) => part.succeeded),
    declined: sum((part) => part.declined),
    failed: sum((part) => part.failed),
    unknown: sum((part) => part.unknown),
    attempts: sum((part) => part.succeeded + part.declined + part.failed + part.unknown),
    amount: sum((part) => part.amount),
    endedAmount: sum((part) => part.endedAmount),
    beforeAmount: sum((part) => part.beforeAmount),
  };
}
