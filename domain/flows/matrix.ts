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

export function addFlows(a: FlowTotals, b: FlowTotals): FlowTotals {
  return {
    amount: a.amount + b.amount,
    succeeded: a.succeeded + b.succeeded,
    declined: a.declined + b.declined,
    failed: a.failed + b.failed,
    unknown: a.unknown + b.unknown,
    endedAmount: a.endedAmount + b.endedAmount,
    endedPayments: a.endedPayments + b.endedPayments,
    beforeAmount: a.beforeAmount + b.beforeAmount,
    beforePayments: a.beforePayments + b.beforePayments,
  };
}

/**
 * Arranges flows as a matrix of at most `limit` lines an edge: a line narrower than a pixel shows nothing, so what lies beyond the
 * limit is added up in a last line that says how many it holds. Nothing is left out: the cells add up to the flows.
 */
export function matrixOf(flows: readonly PairFlow[], limit: number): Matrix {
  const rows = linesOf(flows, (flow) => flow.payerId, limit);
  const columns = linesOf(flows, (flow) => flow.payeeId, limit);
  const cells = new Map<number, MatrixCell>();
  let total = NO_FLOW;
  for (const flow of flows) {
    const r = rows.lineOf.get(flow.payerId) as number;
    const c = columns.lineOf.get(flow.payeeId) as number;
    const at = r * columns.lines.length + c;
    const held = cells.get(at);
    cells.set(at, { r, c, ...(held ? addFlows(held, flow) : totalsOf(flow)) });
    total = addFlows(total, flow);
  }
  const inReadingOrder = [...cells].sort(([a], [b]) => a - b).map(([, cell]) => cell);
  return { rows: rows.lines, columns: columns.lines, cells: inReadingOrder, total };
}

function linesOf(flows: readonly PairFlow[], idOf: (flow: PairFlow) => number, limit: number) {
  const totals = new Map<number, FlowTotals>();
  for (const flow of flows) totals.set(idOf(flow), addFlows(totals.get(idOf(flow)) ?? NO_FLOW, flow));
  const ordered = [...totals].sort(
    ([idA, a], [idB, b]) => descending(a.amount, b.amount) || descending(paymentsOf(a), paymentsOf(b)) || idA - idB,
  );
  const kept = ordered.length > limit ? limit - 1 : ordered.length;
  const lines: MatrixLine[] = ordered.slice(0, kept).map(([institutionId, sum]) => ({ institutionId, members: 1, ...sum }));
  const tail = ordered.slice(kept);
  if (tail.length > 0)
    lines.push({ institutionId: null, members: tail.length, ...tail.reduce((sum, [, one]) => addFlows(sum, one), NO_FLOW) });
  return { lines, lineOf: new Map(ordered.map(([id], rank) => [id, Math.min(rank, lines.length - 1)])) };
}

function totalsOf({ payerId: _payer, payeeId: _payee, ...totals }: PairFlow): FlowTotals {
  return totals;
}

function descending(a: bigint, b: bigint): number {
  return a < b ? 1 : a > b ? -1 : 0;
}
