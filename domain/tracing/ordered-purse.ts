import { alike, isTraced, type Lot, type Purse, untraced } from './lot';
import { smaller } from './shares';

/**
 * Spends whole lots in an order: the oldest first (`fifo`) or the newest (`lifo`). A payment's lots arrive in the order in which they were
 * spent. Played backwards in time with payer and payee exchanged, either order is itself again: that is how ancestry is read.
 */
export class OrderedPurse implements Purse {
  readonly #order: 'fifo' | 'lifo';
  #lots: Lot[] = [];
  // Lots before this place are spent; they are dropped now and then.
  #head = 0;
  #traced = 0n;

  constructor(order: 'fifo' | 'lifo', balance: bigint) {
    this.#order = order;
    if (balance > 0n) this.#lots.push(untraced(balance));
  }

  put(lots: readonly Lot[]): void {
    for (const lot of lots) {
      const { amount, hop, sinceMs } = lot;
      if (amount === 0n) continue;
      if (isTraced(lot)) this.#traced += amount;
      const last = this.#lots.length - 1;
      const newest = last >= this.#head ? (this.#lots[last] as Lot) : undefined;
      if (newest && alike(newest, lot)) this.#lots[last] = { amount: newest.amount + amount, hop, sinceMs };
      else this.#lots.push(lot);
    }
  }

  take(amount: bigint): readonly Lot[] {
    const taken: Lot[] = [];
    let missing = amount;
    while (missing > 0n && this.#head < this.#lots.length) {
      const at = this.#order === 'fifo' ? this.#head : this.#lots.length - 1;
      const lot = this.#lots[at] as Lot;
      const { hop, sinceMs } = lot;
      const part = smaller(lot.amount, missing);
      if (isTraced(lot)) this.#traced -= part;
      missing -= part;
      if (part < lot.amount) {
        this.#lots[at] = { amount: lot.amount - part, hop, sinceMs };
        taken.push({ amount: part, hop, sinceMs });
        return taken;
      }
      taken.push(lot);
      if (this.#order === 'fifo') this.#head++;
      else this.#lots.pop();
    }
    if (this.#head > 64 && this.#head * 2 > this.#lots.length) {
      this.#lots = this.#lots.slice(this.#head);
      this.#head = 0;
    }
    return taken;
  }

  claim(amount: bigint, _balance: bigint, end: 'next' | 'last', hop: number, sinceMs: number): bigint {
    const fromHead = end === 'next' && this.#order === 'fifo';
    const old = this.#lots.slice(this.#head);
    if (!fromHead) old.reverse();
    let [left, claimed] = [amount, 0n];
    const marked: Lot[] = [];
    for (const lot of old) {
      const part = smaller(lot.amount, left);
      left -= part;
      if (part > 0n) marked.push(isTraced(lot) ? { ...lot, amount: part } : { amount: part, hop, sinceMs });
      if (part > 0n && !isTraced(lot)) claimed += part;
      if (part < lot.amount) marked.push({ ...lot, amount: lot.amount - part });
    }
    if (!fromHead) marked.reverse();
    this.#lots = [];
    this.#head = 0;
    this.#traced = 0n;
    this.put(marked);
    return claimed;
  }

  held(): bigint {
    return this.#traced;
  }
}
