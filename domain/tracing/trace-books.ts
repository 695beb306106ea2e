import type { MethodAmounts, PruneReason, TracedAmounts } from './trace-answer';

/** Minor units by FIFO, LIFO, pro-rata and poison, to be added to. */
export type Amounts = [bigint, bigint, bigint, bigint];
export const noAmounts = (): Amounts => [0n, 0n, 0n, 0n];
export const anyAmount = (amounts: Amounts) => amounts.some((amount) => amount > 0n);

export function addTo(sum: Amounts, more: Amounts): void {
  for (let m = 0; m < 4; m++) sum[m] = (sum[m] as bigint) + (more[m] as bigint);
}

export type Reached = { readonly amounts: Amounts; layer: number; firstAtMs: number; lastAtMs: number };
export type Pruned = { readonly amounts: Amounts; layer: number; readonly payments: Set<number> };
export type Edge = { readonly payment: number; readonly hop: number; readonly amounts: Amounts };
export type Unknown = { readonly amounts: Amounts; drawn: bigint };

/** What a replay writes down, by the numbers of accounts and payments of its ledger. */
export class TraceBooks {
  readonly sources = new Map<number, Amounts>();
  readonly reached = new Map<number, Reached>();
  readonly sinks = new Map<number, Reached>();
  readonly unknown = new Map<number, Unknown>();
  readonly edges: Edge[] = [];
  /** By account, then reason. */
  readonly pruned = new Map<number, Map<PruneReason, Pruned>>();
  /** Money that is not in the account any more as of the answer, or whose way is not followed. */
  readonly stopped = new Map<number, Amounts>();
  /** Money cut only after the window: as of the answer it is still there. */
  readonly leftLater = new Map<number, Amounts>();

  arrive(book: Map<number, Reached>, account: number, amounts: Amounts, layer: number, atMs: number): void {
    const known = book.get(account);
    if (!known) {
      book.set(account, { amounts: [...amounts], layer, firstAtMs: atMs, lastAtMs: atMs });
      return;
    }
    addTo(known.amounts, amounts);
    known.layer = Math.min(known.layer, layer);
    known.firstAtMs = Math.min(known.firstAtMs, atMs);
    known.lastAtMs = Math.max(known.lastAtMs, atMs);
  }

  prune(account: number, reason: PruneReason, method: number, amount: bigint, at: { hop: number; payment: number; later: boolean }): void {
    const byReason = this.pruned.get(account) ?? new Map<PruneReason, Pruned>();
    this.pruned.set(account, byReason);
    const entry = byReason.get(reason) ?? { amounts: noAmounts(), layer: at.hop, payments: new Set<number>() };
    byReason.set(reason, entry);
    entry.layer = Math.min(entry.layer, at.hop);
    entry.payments.add(at.payment);
    entry.amounts[method] = (entry.amounts[method] as bigint) + amount;
    addOne(at.later ? this.leftLater : this.stopped, account, method, amount);
  }

  source(account: number, method: number, amount: bigint): void {
    addOne(this.sources, account, method, amount);
  }

  draw(account: number, amount: bigint): void {
    this.#unknownOf(account).drawn += amount;
  }

  unseen(account: number, method: number, amount: bigint): void {
    const { amounts } = this.#unknownOf(account);
    amounts[method] = (amounts[method] as bigint) + amount;
  }

  #unknownOf(account: number): Unknown {
    const known = this.unknown.get(account) ?? { amounts: noAmounts(), drawn: 0n };
    this.unknown.set(account, known);
    return known;
  }
}

function addOne(book: Map<number, Amounts>, account: number, method: number, amount: bigint): void {
  const amounts = book.get(account) ?? noAmounts();
  book.set(account, amounts);
  amounts[method] = (amounts[method] as bigint) + amount;
}

export function methodAmounts([fifo, lifo, proRata, poison]: Amounts): MethodAmounts {
  return { fifo, lifo, proRata, poison };
}

export function tracedAmounts([fifo, lifo, proRata, poison]: Amounts): TracedAmounts {
  const least = fifo < lifo ? fifo : lifo;
  const most = fifo < lifo ? lifo : fifo;
  return { fifo, lifo, proRata, poison, low: proRata < least ? proRata : least, high: proRata > most ? proRata : most };
}
