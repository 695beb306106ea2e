import type { Ledger } from './ledger';

/** What is in every account before payment `end` of the ledger, and how much of each payment nobody had seen arrive. */
export type Balances = {
  /** By the account's number; only of accounts within reach. */
  readonly balances: bigint[];
  /** By payment: what its payer spent beyond what it was seen to receive. Payments without such a part are missing. */
  readonly drawn: ReadonlyMap<number, bigint>;
};

/**
 * Plays the ledger forward for its balances alone. An account begins with nothing that is known; a payment it can not have made of what it
 * received draws the difference on its unknown opening balance at that moment, so a later payment never changes what an earlier one says.
 */
export function balancesBefore(ledger: Ledger, end: number, reach: Uint8Array): Balances {
  const balances: bigint[] = new Array(ledger.accounts.length).fill(0n);
  const drawn = new Map<number, bigint>();
  for (let i = 0; i < end; i++) {
    const payer = ledger.payers[i] as number;
    const payee = ledger.payees[i] as number;
    if (reach[payer] === 0 && reach[payee] === 0) continue;
    const { amountMinor } = ledger.payments[i] as { amountMinor: bigint };
    if (reach[payer] !== 0) {
      const left = (balances[payer] as bigint) - amountMinor;
      if (left < 0n) drawn.set(i, -left);
      balances[payer] = left < 0n ? 0n : left;
    }
    if (reach[payee] !== 0) balances[payee] = (balances[payee] as bigint) + amountMinor;
  }
  return { balances, drawn };
}
