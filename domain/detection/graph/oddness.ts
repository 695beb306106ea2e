import { DAY_MS } from '../movement';
import type { MoneyGraph } from './money-graph';

export const ODDNESS = {
  /** Somebody who is paid again, or the payer's own account. */
  usual: 0,
  /** A first contact, of an amount like others of the payer. */
  newParty: 1,
  /** A first contact, and of an amount unlike others of the payer, or of a payer without a history. */
  odd: 2,
} as const;

const LOOKS_MAX = 96;
const HISTORY_MIN = 3;
const UNLIKE_FROM = 1.25;
const YOUNG_MS = 5 * DAY_MS;

/** How odd a payment is for its payer, told on arrival, from what was before it. Shapes are sought among odd payments: shopping is none. */
export function oddnessOf(graph: MoneyGraph, edge: number): number {
  const { accounts } = graph;
  const [payer, payee] = [graph.payer(edge), graph.payee(edge)];
  if (payer === payee) return ODDNESS.usual;
  let looks = 0;
  let out = graph.earlierOut(edge);
  let into = graph.earlierIn(edge);
  // Whichever side has fewer movements answers first.
  while (out >= graph.first && into >= graph.first && looks++ < LOOKS_MAX) {
    if (graph.payee(out) === payee || graph.payer(into) === payer) return ODDNESS.usual;
    out = graph.earlierOut(out);
    into = graph.earlierIn(into);
  }
  const count = accounts.outCount[payer] as number;
  // While the stream itself is young, to be without a history means nothing.
  if (count < HISTORY_MIN) return graph.at(edge) - graph.beganMs >= YOUNG_MS ? ODDNESS.odd : ODDNESS.newParty;
  const spread = Math.sqrt((accounts.outSquares[payer] as number) / count) + 0.1;
  const unlike = Math.abs(Math.log1p(graph.amount(edge)) - (accounts.outMean[payer] as number)) / spread;
  return unlike >= UNLIKE_FROM ? ODDNESS.odd : ODDNESS.newParty;
}
