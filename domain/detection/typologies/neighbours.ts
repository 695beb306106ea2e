import type { MoneyGraph } from '../graph/money-graph';
import { ODDNESS } from '../graph/oddness';
import { Seen } from '../graph/seen';

/** The distinct counterparties of an account in a window: how many in all, and those of odd payments, each with the newest such movement. */
export class Neighbours {
  readonly parties: number[] = [];
  readonly edges: number[] = [];
  /** Distinct counterparties, odd or not. */
  all = 0;
  /** Counterparties of odd payments, those of plain first contacts counted half. */
  weight = 0;
  /** Whether the account had more movements than a look may take: then this is the newest part only. */
  crowded = false;
  readonly #seen = new Seen();
  readonly #odd = new Seen();

  read(graph: MoneyGraph, account: number, side: 'in' | 'out', bounds: { sinceMs: number; untilMs: number; looksMax: number }): this {
    this.parties.length = 0;
    this.edges.length = 0;
    this.crowded = false;
    this.weight = 0;
    this.#seen.clear();
    this.#odd.clear();
    let looks = 0;
    const out = side === 'out';
    for (let edge = out ? graph.lastOut(account) : graph.lastIn(account); edge >= graph.first; ) {
      const at = graph.at(edge);
      if (at < bounds.sinceMs) break;
      if (++looks > bounds.looksMax) {
        this.crowded = true;
        break;
      }
      if (at <= bounds.untilMs) {
        const party = out ? graph.payee(edge) : graph.payer(edge);
        if (party !== account) {
          this.#seen.add(party);
          const oddness = graph.oddness(edge);
          if (oddness !== ODDNESS.usual && this.#odd.add(party) === 1) {
            this.parties.push(party);
            this.edges.push(edge);
            this.weight += oddness / ODDNESS.odd;
          }
        }
      }
      edge = out ? graph.earlierOut(edge) : graph.earlierIn(edge);
    }
    this.all = this.#seen.size;
    return this;
  }
}

/** All movements of an account on one side since a moment, newest first, at most `max`. */
export function movementsOf(graph: MoneyGraph, account: number, side: 'in' | 'out', sinceMs: number, max: number): number[] {
  const out = side === 'out';
  const found: number[] = [];
  let looks = 0;
  for (let edge = out ? graph.lastOut(account) : graph.lastIn(account); edge >= graph.first && looks++ < max; ) {
    if (graph.at(edge) < sinceMs) break;
    found.push(edge);
    edge = out ? graph.earlierOut(edge) : graph.earlierIn(edge);
  }
  return found;
}

/** Those of them that are odd for their payers. */
export function oddMovementsOf(graph: MoneyGraph, account: number, side: 'in' | 'out', sinceMs: number, max: number): number[] {
  return movementsOf(graph, account, side, sinceMs, max).filter((edge) => graph.oddness(edge) !== ODDNESS.usual);
}
