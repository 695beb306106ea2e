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
      const { amount, hop, sinceMs } = lot;
      if (!isTraced(lot) || amount === 0n) continue;
      this.#amount += amount;
      const at = this.#traced.findLastIndex((one) => alike(one, lot));
      const same = this.#traced[at];
      if (same) this.#traced[at] = { amount: same.amount + amount, hop, sinceMs };
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
    const shares = sharesOf(this.#traced, this.#amount, part);
    this.#amount -= part;
    const taken: Lot[] = [];
    const left: Lot[] = [];
    this.#traced.forEach(({ amount: whole, hop, sinceMs }, i) => {
      const share = shares[i] as bigint;
      if (share > 0n) taken.push({ amount: share, hop, sinceMs });
      if (share < whole) left.push({ amount: whole - share, hop, sinceMs });
    });
    this.#traced = left;
    return taken;
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
  const shares = sharesOf(lots, tracedAmount(lots), amount);
  return lots.map(({ hop, sinceMs }, i) => ({ amount: shares[i] as bigint, hop, sinceMs }));
}

function sharesOf(lots: readonly Lot[], whole: bigint, amount: bigint): readonly bigint[] {
  if (lots.length === 1) return [amount];
  return largestRemainder(
    amount,
    lots.map((lot) => lot.amount),
    whole,
  );
}
