/** Amount that moved from one institution to another, in minor units of one currency. */
export type PairAmount = { readonly payerId: number; readonly payeeId: number; readonly amountMinor: bigint };
export type SideTotal = { readonly institutionId: number; readonly amountMinor: bigint };

/** `others` stands for every institution of a side that is not drawn by itself. */
export type FlowEnd = { readonly id: string; readonly institutionId: number | null; readonly amountMinor: bigint };
export type FlowBand = { readonly from: string; readonly to: string; readonly amountMinor: bigint };
export type BipartiteFlows = {
  readonly payers: readonly FlowEnd[];
  readonly payees: readonly FlowEnd[];
  readonly bands: readonly FlowBand[];
  readonly otherPayers: number;
  readonly otherPayees: number;
  readonly totalMinor: bigint;
};

/**
 * The largest payers against the largest payees, everything else folded into one end a side.
 * Ids are `7:out` and `7:in`: an institution that both pays and receives is two ends, so the picture has no cycle.
 * `cells` need to hold only pairs of the ends drawn; what flows to and from the others follows by subtraction, and nothing is lost:
 * the bands of an end add up to its amount, both sides add up to the total. Throws where the cells exceed their side's total.
 */
export function bipartiteFlows(input: {
  readonly payers: readonly SideTotal[];
  readonly payees: readonly SideTotal[];
  readonly cells: readonly PairAmount[];
  readonly top: number;
}): BipartiteFlows {
  const payers = ranked(input.payers);
  const payees = ranked(input.payees);
  const totalMinor = sum(payers.map((side) => side.amountMinor));
  const topPayers = payers.slice(0, input.top);
  const topPayees = payees.slice(0, input.top);
  const cell = new Map(input.cells.map((pair) => [`${pair.payerId}>${pair.payeeId}`, pair.amountMinor]));
  const between = (payerId: number, payeeId: number) => cell.get(`${payerId}>${payeeId}`) ?? 0n;

  const bands: FlowBand[] = [];
  const push = (from: string, to: string, amountMinor: bigint) => {
    if (amountMinor < 0n) throw new Error(`flows of ${from} to ${to} exceed their side's total`);
    if (amountMinor > 0n) bands.push({ from, to, amountMinor });
  };
  for (const payer of topPayers) {
    let rest = payer.amountMinor;
    for (const payee of topPayees) {
      const amount = between(payer.institutionId, payee.institutionId);
      rest -= amount;
      push(`${payer.institutionId}:out`, `${payee.institutionId}:in`, amount);
    }
    push(`${payer.institutionId}:out`, 'others:in', rest);
  }
  for (const payee of topPayees) {
    const fromTop = sum(topPayers.map((payer) => between(payer.institutionId, payee.institutionId)));
    push('others:out', `${payee.institutionId}:in`, payee.amountMinor - fromTop);
  }
  const toOthers = (end: string) => sum(bands.filter((band) => band.to === end).map((band) => band.amountMinor));
  const fromOthers = sum(bands.filter((band) => band.from === 'others:out').map((band) => band.amountMinor));
  const otherOut = totalMinor - sum(topPayers.map((side) => side.amountMinor));
  push('others:out', 'others:in', otherOut - fromOthers);

  const ends = (sides: readonly SideTotal[], side: 'out' | 'in'): FlowEnd[] =>
    sides.map(({ institutionId, amountMinor }) => ({ id: `${institutionId}:${side}`, institutionId, amountMinor }));
  const withOthers = (list: FlowEnd[], side: 'out' | 'in', amountMinor: bigint) =>
    amountMinor > 0n ? [...list, { id: `others:${side}`, institutionId: null, amountMinor }] : list;
  return {
    payers: withOthers(ends(topPayers, 'out'), 'out', otherOut),
    payees: withOthers(ends(topPayees, 'in'), 'in', toOthers('others:in')),
    bands,
    otherPayers: payers.length - topPayers.length,
    otherPayees: payees.length - topPayees.length,
    totalMinor,
  };
}

function ranked(sides: readonly SideTotal[]): SideTotal[] {
  return sides
    .filter((side) => side.amountMinor > 0n)
    .sort((a, b) => (a.amountMinor === b.amountMinor ? a.institutionId - b.institutionId : a.amountMinor > b.amountMinor ? -1 : 1));
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
