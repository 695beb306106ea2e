import { isTraced, type Lot, type Purse } from './lot';

/** One drop taints everything (poison): from the first traced arrival until the account is empty, all it holds and pays is traced. */
export class PoisonedPurse implements Purse {
  #drop: Lot | null = null;

  put(lots: readonly Lot[]): void {
    for (const lot of lots) {
      if (!isTraced(lot) || lot.amount === 0n) continue;
      const hop = this.#drop && this.#drop.hop < lot.hop ? this.#drop.hop : lot.hop;
      // The newest drop counts for how long it rested, unless there is one that nobody asks it of.
      const sinceMs = this.#drop && Number.isNaN(this.#drop.sinceMs) ? this.#drop.sinceMs : lot.sinceMs;
      this.#drop = { amount: 0n, hop, sinceMs };
    }
  }

  take(amount: bigint, balance: bigint): readonly Lot[] {
    if (!this.#drop) return [];
    const taken = [{ ...this.#drop, amount }];
    if (amount >= balance) this.#drop = null;
    return taken;
  }

  claim(_amount: bigint, balance: bigint, _end: 'next' | 'last', hop: number, sinceMs: number): bigint {
    const claimed = this.#drop ? 0n : balance;
    if (balance > 0n) this.put([{ amount: balance, hop, sinceMs }]);
    return claimed;
  }

  held(balance: bigint): bigint {
    return this.#drop ? balance : 0n;
  }
}
