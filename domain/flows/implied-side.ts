import type { PairFlow } from './pair-flow';

type Pair = Pick<PairFlow, 'payerId' | 'payeeId'>;

/** Which lists of institutions a link to all payments of a picture can do without. */
export type ImpliedSides = { readonly payers: boolean; readonly payees: boolean };

/**
 * Whether naming one side of a picture says all of it: payers are implied where whoever pays its payees is in the picture anyway. Hundreds
 * of names then need not stand in an address, and the payments listed are the very same.
 */
export function impliedSides(all: readonly Pair[], picture: readonly Pair[]): ImpliedSides {
  if (all.length === picture.length) return { payers: true, payees: true };
  const [payers, payees] = [new Set(picture.map((pair) => pair.payerId)), new Set(picture.map((pair) => pair.payeeId))];
  const counted = (holds: (pair: Pair) => boolean) => all.filter(holds).length;
  // Every pair of the picture holds both, so equal numbers are the same pairs.
  const byPayees = counted((pair) => payees.has(pair.payeeId)) === picture.length;
  const byPayers = counted((pair) => payers.has(pair.payerId)) === picture.length;
  if (byPayees && byPayers) return payers.size < payees.size ? { payers: false, payees: true } : { payers: true, payees: false };
  return { payers: byPayees, payees: byPayers };
}
