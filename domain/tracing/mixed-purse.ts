import { alike, isTraced, type Lot, type Purse, tracedAmount } from './lot';
import { largestRemainder, shareOfMixture, smaller } from './shares';

/**
 * Spends a bit of everything (pro-rata, "haircut"): of a payment of `a` out of a balance B that holds T traced, a·T/B is traced, rounded to
 * whole minor units by the largest remainder. Which traced lots it is made of goes by the same rule among them.
 */
export class MixedPurse implements Purse {
  #traced: Lot[] = [];
  #amount = 0n;

  put(lots: readonly Lot[]): void {
    for (const lot of lots) {
      if (!isTraced(lot) || lot.amount === 0n) continue;
      this.#amount += lot.amount;
      const at = this.#traced.findLastIndex((one) => alike(one, lot));
      const same = this.#traced[at];
      if (same) this.#traced[at] = { ...same, amount: same.amount + lot.amount };
      else this.#traced.push(lot);
    }
  }

  take(amount: bigint, balance: bigint): readonly Lot[] {
    if (this.#amount === 0n) return [];
    if (amount >= balance) {
      const all = this.#traced;
      this.#traced = [];
      this.#amount = 0n;
      return all;
    }
    const part = shareOfMixture(amount, this.#amount, balance);
    const taken = parted(this.#traced, part);
    this.#traced = this.#traced.flatMap((lot, i) => {
      const left = lot.amount - (taken[i] as Lot).amount;
      return left > 0n ? [{ ...lot, amount: left }] : [];
    });
    this.#amount -= part;
    return taken.filter(({ amount: some }) => some > 0n);
  }

  claim(amount: bigint, balance: bigint, _end: 'next' | 'last', hop: number, sinceMs: number): bigint {
    // A mixture has no newest part: what is claimed comes out of what is not traced yet.
    const free = balance - this.#amount;
    const claimed = smaller(amount, free);
    this.put([{ amount: claimed, hop, sinceMs }]);
    return claimed;
  }

  held(): bigint {
    return this.#amount;
  }
}

/** Lots in proportion, adding up to `amount`; needs amount ≤ what they hold. */
export function parted(lots: readonly Lot[], amount: bigint): readonly Lot[] {
  if (amount === tracedAmount(lots)) return lots;
  const shares = largestRemainder(
    amount,
    lots.map((lot) => lot.amount),
  );
  return lots.map((lot, i) => ({ ...lot, amount: shares[i] as bigint }));
}
