import { DAY_MS } from '../movement';
import { type MoneyGraph, NONE } from './money-graph';

/** A payment out passes on a payment in where it follows within this time and carries this share of it: fees and a cut go off on the way. */
export const PASSING_ON = { withinMs: 10 * DAY_MS, shareMin: 0.7, shareMax: 1.02, looksMax: 48 } as const;

/** The incoming movement whose money this one most likely passes on: the nearest in amount, of equals the newest; NONE where there is none. */
export function passedOnBy(graph: MoneyGraph, edge: number): number {
  const payer = graph.payer(edge);
  const [at, amount] = [graph.at(edge), graph.amount(edge)];
  let best = NONE;
  let bestGap = Number.POSITIVE_INFINITY;
  let looks = 0;
  for (let into = graph.lastIn(payer); into >= graph.first; into = graph.earlierIn(into)) {
    if (into === edge) continue;
    if (at - graph.at(into) > PASSING_ON.withinMs || ++looks > PASSING_ON.looksMax) break;
    const share = amount / graph.amount(into);
    if (!(share >= PASSING_ON.shareMin && share <= PASSING_ON.shareMax)) continue;
    const gap = Math.abs(1 - share);
    if (gap >= bestGap) continue;
    best = into;
    bestGap = gap;
  }
  return best;
}

/** The later movement, known by now, that most likely passes this one on. */
export function passedOnTo(graph: MoneyGraph, edge: number): number {
  const [at, amount, payee] = [graph.at(edge), graph.amount(edge), graph.payee(edge)];
  let best = NONE;
  let bestGap = Number.POSITIVE_INFINITY;
  let looks = 0;
  for (let out = graph.lastOut(payee); out > edge && out >= graph.first; out = graph.earlierOut(out)) {
    if (++looks > PASSING_ON.looksMax * 2) break;
    if (graph.at(out) - at > PASSING_ON.withinMs) continue;
    const share = graph.amount(out) / amount;
    if (!(share >= PASSING_ON.shareMin && share <= PASSING_ON.shareMax)) continue;
    const gap = Math.abs(1 - share);
    if (gap > bestGap) continue;
    best = out;
    bestGap = gap;
  }
  return best;
}
