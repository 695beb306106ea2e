/** Money that lies together: either none of it is the money that is traced, or all of it and it came the same way. */
export type Lot = {
  readonly amount: bigint;
  /** Payments that it made since the trace's start; {@link UNTRACED} for other money. */
  readonly hop: number;
  /** When it came into the account that it lies in; NaN where nobody asks. */
  readonly sinceMs: number;
};

export const UNTRACED = -1;

export const untraced = (amount: bigint): Lot => ({ amount, hop: UNTRACED, sinceMs: 0 });
export const isTraced = (lot: Lot) => lot.hop !== UNTRACED;

export function tracedAmount(lots: readonly Lot[]): bigint {
  let sum = 0n;
  for (const lot of lots) if (lot.hop !== UNTRACED) sum += lot.amount;
  return sum;
}

/** Whether two lots need not be told apart. */
export function alike(a: Lot, b: Lot): boolean {
  return a.hop === b.hop && (a.hop === UNTRACED || Object.is(a.sinceMs, b.sinceMs));
}

/**
 * How one account spends a mixture, by one convention. `balance` is all that is in the account before the act. An amount above it takes
 * everything there is; what is missing then is the caller's to name.
 */
export interface Purse {
  take(amount: bigint, balance: bigint): readonly Lot[];
  /** Puts in the lots of a payment; purses that keep no order look at traced ones alone. */
  put(lots: readonly Lot[]): void;
  /** Makes the `amount` at one end traced money, and gives how much of it was not before. */
  claim(amount: bigint, balance: bigint, end: 'next' | 'last', hop: number, sinceMs: number): bigint;
  /** Traced money in the account. */
  held(balance: bigint): bigint;
}
