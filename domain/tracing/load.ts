import type { Cut } from './cuts';
import { isTraced, type Lot, tracedAmount, UNTRACED, untraced } from './lot';
import { parted } from './mixed-purse';
import { shareOfMixture, smaller } from './shares';
import type { PruneReason } from './trace-answer';

export const FIFO = 0;
export const LIFO = 1;
export const PRO_RATA = 2;
export const POISON = 3;
/** Of these methods a payment's lots are all there and in order; of the others only the traced ones. */
export const isOrdered = (method: number) => method <= LIFO;

/** What a payment carries, by method, in the order in which it was spent. */
export type Load = [readonly Lot[], readonly Lot[], readonly Lot[], readonly Lot[]];

export const carries = (load: Load) => load.some((lots) => lots.some(isTraced));

/** Fewest payments that any of the money made before this one. */
export function leastHop(load: Load): number {
  let least = Number.POSITIVE_INFINITY;
  for (const lots of load) for (const lot of lots) if (lot.hop !== UNTRACED && lot.hop < least) least = lot.hop;
  return least;
}

/** Lots without what is not followed; each lot that is stopped is told with its reason. */
export function followed(lots: readonly Lot[], method: number, cut: Cut, stop: (lot: Lot, reason: PruneReason) => void): readonly Lot[] {
  let result: Lot[] | undefined;
  lots.forEach((lot, at) => {
    const reason = lot.hop === UNTRACED ? undefined : cut.reasonFor(lot);
    if (!reason) return;
    stop(lot, reason);
    result ??= [...lots];
    result[at] = untraced(lot.amount);
  });
  if (!result) return lots;
  return isOrdered(method) ? result : result.filter(isTraced);
}

/**
 * Backward: a payment's lots without those that its payer drew on its opening balance. They were spent last, so they are taken back first.
 * Gives how much traced money ends there.
 */
export function withoutDrawn(lots: readonly Lot[], method: number, amount: bigint, drawn: bigint): { left: readonly Lot[]; ends: bigint } {
  if (method === POISON) return { left: drawn === amount ? [] : lots, ends: lots.length > 0 ? drawn : 0n };
  if (method === PRO_RATA) {
    const traced = tracedAmount(lots);
    const ends = shareOfMixture(drawn, traced, amount);
    return { left: parted(lots, traced - ends), ends };
  }
  const left: Lot[] = [];
  let [missing, ends] = [drawn, 0n];
  for (const lot of lots) {
    const part = smaller(lot.amount, missing);
    missing -= part;
    if (isTraced(lot)) ends += part;
    if (part < lot.amount) left.push({ ...lot, amount: lot.amount - part });
  }
  return { left, ends };
}

/** The lots of a payment, all traced: what was not yet begins its way here. */
export function allTraced(lots: readonly Lot[], method: number, fresh: bigint, sinceMs: number): readonly Lot[] {
  if (isOrdered(method)) return lots.map((lot) => (isTraced(lot) ? lot : { amount: lot.amount, hop: 0, sinceMs }));
  return [...lots, { amount: fresh, hop: 0, sinceMs }];
}
