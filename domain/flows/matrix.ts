import { type PairFlow, paymentsOf } from './pair-flow';

/** What a row, a column or a block of the matrix adds up to. */
export type FlowTotals = Omit<PairFlow, 'payerId' | 'payeeId'>;

/** One row or column. `institutionId` is null for the line that holds every institution beyond the limit, `members` of them. */
export type MatrixLine = FlowTotals & { readonly institutionId: number | null; readonly members: number };

export type MatrixCell = FlowTotals & { readonly r: number; readonly c: number };

/** Payers × payees, both edges in falling order of amount; cells in reading order, only those with a payment in either span. */
export type Matrix = {
  readonly rows: readonly MatrixLine[];
  readonly columns: readonly MatrixLine[];
  readonly cells: readonly MatrixCell[];
  readonly total: FlowTotals;
};

export const NO_FLOW: FlowTotals = {
  amount: 0n,
  succeeded: 0n,
  declined: 0n,
  failed: 0n,
  unknown: 0n,
  endedAmount: 0n,
  endedPayments: 0n,
  beforeAmount: 0n,
  beforePayments: 0n,
};

/**
 * Arranges flows as a matrix of at most `limit` lines an edge: a line narrower than a pixel shows nothing, so what lies beyond the
 * limit is added up in a last line that says how many it holds. Nothing is left out: the cells add up to the flows.
 */
export function matrixOf(flows: readonly PairFlow[], limit: number): Matrix {
  const rows = linesOf(flows, 'payerId', limit);
  const columns = linesOf(flows, 'payeeId', limit);
  const width = columns.lines.length;
  const cells = new Map<number, Sum & { r: number; c: number }>();
  const total: Sum = { ...NO_FLOW };
  for (const flow of flows) {
    const r = rows.lineOf.get(flow.payerId) as number;
    const c = columns.lineOf.get(flow.payeeId) as number;
    const held = cells.get(r * width + c);
    if (held) addInto(held, flow);
    else cells.set(r * width + c, { r, c, ...totalsOf(flow) });
    addInto(total, flow);
  }
  const inReadingOrder = [...cells.values()].sort((a, b) => a.r - b.r || a.c - b.c);
  return { rows: rows.lines, columns: columns.lines, cells: inReadingOrder, total };
}

function linesOf(flows: readonly PairFlow[], idOf: 'payerId' | 'payeeId', limit: number) {
  const totals = new Map<number, Sum>();
  for (const flow of flows) {
    const held = totals.get(flow[idOf]);
    if (held) addInto(held, flow);
    else totals.set(flow[idOf], totalsOf(flow));
  }
  const ordered = [...totals].sort(
    ([idA, a], [idB, b]) => descending(a.amount, b.amount) || descending(paymentsOf(a), paymentsOf(b)) || idA - idB,
  );
  const kept = ordered.length > limit ? limit - 1 : ordered.length;
  const lines: MatrixLine[] = ordered.slice(0, kept).map(([institutionId, sum]) => ({ institutionId, members: 1, ...sum }));
  const tail = ordered.slice(kept);
  if (tail.length > 0) {
    const rest: Sum = { ...NO_FLOW };
    for (const [, sum] of tail) addInto(rest, sum);
    lines.push({ institutionId: null, members: tail.length, ...rest });
  }
  return { lines, lineOf: new Map(ordered.map(([id], rank) => [id, Math.min(rank, lines.length - 1)])) };
}

// Tens of thousands of cells are added up a page: the sums of one call are changed in place, and leave it as they are.
type Sum = { -readonly [Figure in keyof FlowTotals]: FlowTotals[Figure] };

function addInto(sum: Sum, flow: FlowTotals): void {
  sum.amount += flow.amount;
  sum.succeeded += flow.succeeded;
  sum.declined += flow.declined;
  sum.failed += flow.failed;
  sum.unknown += flow.unknown;
  sum.endedAmount += flow.endedAmount;
  sum.endedPayments += flow.endedPayments;
  sum.beforeAmount += flow.beforeAmount;
  sum.beforePayments += flow.beforePayments;
}

function totalsOf({
  amount,
  succeeded,
  declined,
  failed,
  unknown,
  endedAmount,
  endedPayments,
  beforeAmount,
  beforePayments,
}: PairFlow): Sum {
  return { amount, succeeded, declined, failed, unknown, endedAmount, endedPayments, beforeAmount, beforePayments };
}

function descending(a: bigint, b: bigint): number {
  return a < b ? 1 : a > b ? -1 : 0;
}
