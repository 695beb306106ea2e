import type { MoneyGraph } from './money-graph';

/** An amount is foreign to an account whose mean is this many times larger, and two of its standard deviations away. */
const FACTOR = 5;
const HISTORY_MIN = 2;

/**
 * Whether an amount is far below what its payer is used to; where the payer has no history, what the payee is used to; or like one that was
 * so a moment ago between the two: five small payments in a row are soon a habit of their own, and no less foreign for it.
 */
export function isForeign(graph: MoneyGraph, edge: number): boolean {
  const { accounts } = graph;
  const [payer, payee] = [graph.payer(edge), graph.payee(edge)];
  const before = graph.earlierOut(edge);
  if (before >= graph.first && graph.payee(before) === payee && graph.isForeign(before)) {
    const factor = graph.amount(edge) / graph.amount(before);
    if (factor <= 2 && factor >= 0.5) return true;
  }
  const value = Math.log1p(graph.amount(edge));
  const sent = accounts.outCount[payer] as number;
  if (sent >= HISTORY_MIN) return isFarBelow(value, sent, accounts.outMean[payer] as number, accounts.outSquares[payer] as number);
  const received = accounts.inCount[payee] as number;
  return received >= HISTORY_MIN && isFarBelow(value, received, accounts.inMean[payee] as number, accounts.inSquares[payee] as number);
}

function isFarBelow(value: number, count: number, mean: number, squares: number): boolean {
  return mean - value > Math.max(Math.log(FACTOR), 2 * Math.sqrt(squares / count));
}
