import { type MoneyGraph, NONE } from '../graph/money-graph';

export type CycleSearch = {
  readonly windowMs: number;
  /** The most movements in a ring, and the most that one search may look at. */
  readonly lengthMax: number;
  readonly looksMax: number;
  /** Where given, money is followed only through movements whose amounts differ by no more than this factor. */
  readonly factorMax?: number;
};
export type FoundCycle =
  | { readonly kind: 'found'; readonly edges: readonly number[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'gave-up' };

const NO_CYCLE: FoundCycle = { kind: 'none' };
const GAVE_UP: FoundCycle = { kind: 'gave-up' };

const QUEUE_FIRST = 512;

/**
 * Looks for a ring that a movement closes: money that left the payee earlier and came, hop by hop, each hop strictly later than the one
 * before, to the payer. It goes backwards from the payer, breadth first, and keeps for every account the latest moment at which money
 * reached it and still got home: an earlier one can do nothing that the later cannot, so no account is gone through twice for nothing.
 * A walk that crosses itself can be cut short at the crossing and stays in order, hence what is found is a ring of distinct accounts.
 */
export class CycleFinder {
  readonly #graph: MoneyGraph;
  // The queue as columns: a search a movement, hundreds of steps each, leaves no objects behind.
  #accounts = new Int32Array(QUEUE_FIRST);
  #befores = new Float64Array(QUEUE_FIRST);
  #vias = new Int32Array(QUEUE_FIRST);
  #nexts = new Int32Array(QUEUE_FIRST);
  #depths = new Int32Array(QUEUE_FIRST);
  readonly #latest = new Map<number, number>();

  constructor(graph: MoneyGraph) {
    this.#graph = graph;
  }

  find(edge: number, search: CycleSearch): FoundCycle {
    const graph = this.#graph;
    const [home, start, at] = [graph.payee(edge), graph.payer(edge), graph.at(edge)];
    if (home === start) return NO_CYCLE;
    if (graph.lastIn(start) < graph.first) return NO_CYCLE;
    const oldest = at - search.windowMs;
    const { columns, mask, first } = graph;
    const { at: times, amount: amounts, payer: payers, earlierIn } = columns;
    const { lastIn } = graph.accounts;
    const factorMax = search.factorMax ?? Number.POSITIVE_INFINITY;
    const latest = this.#latest;
    latest.clear();
    this.#queue(0, { account: start, before: at, via: edge, next: NONE, depth: 1 });
    let queued = 1;
    let looks = 0;
    for (let head = 0; head < queued; head++) {
      const depth = this.#depths[head] as number;
      if (depth >= search.lengthMax) continue;
      const account = this.#accounts[head] as number;
      const before = this.#befores[head] as number;
      if ((latest.get(account) ?? before) > before) continue;
      const amount = amounts[(this.#vias[head] as number) & mask] as number;
      for (let into = lastIn[account] as number; into >= first; into = earlierIn[into & mask] as number) {
        const when = times[into & mask] as number;
        if (when < oldest) break;
        if (++looks > search.looksMax) return GAVE_UP;
        if (when >= before) continue;
        const factor = (amounts[into & mask] as number) / amount;
        if (factor > factorMax || factor * factorMax < 1) continue;
        const from = payers[into & mask] as number;
        if (from === home) return { kind: 'found', edges: this.#ring(head, into) };
        if (from === start || (latest.get(from) ?? Number.NEGATIVE_INFINITY) >= when) continue;
        latest.set(from, when);
        this.#queue(queued++, { account: from, before: when, via: into, next: head, depth: depth + 1 });
      }
    }
    return NO_CYCLE;
  }

  #queue(place: number, step: { account: number; before: number; via: number; next: number; depth: number }): void {
    if (place === this.#accounts.length) this.#grow();
    this.#accounts[place] = step.account;
    this.#befores[place] = step.before;
    this.#vias[place] = step.via;
    this.#nexts[place] = step.next;
    this.#depths[place] = step.depth;
  }

  #grow(): void {
    const wider = <C extends Int32Array | Float64Array>(column: C, empty: C): C => {
      empty.set(column);
      return empty;
    };
    const size = this.#accounts.length * 2;
    this.#accounts = wider(this.#accounts, new Int32Array(size));
    this.#befores = wider(this.#befores, new Float64Array(size));
    this.#vias = wider(this.#vias, new Int32Array(size));
    this.#nexts = wider(this.#nexts, new Int32Array(size));
    this.#depths = wider(this.#depths, new Int32Array(size));
  }

  // Newest first: the closing movement, then back to the one that left home. A walk that visits an account twice is cut at the crossing.
  #ring(head: number, last: number): readonly number[] {
    const graph = this.#graph;
    const back: number[] = [last];
    for (let at = head; at !== NONE; at = this.#nexts[at] as number) back.push(this.#vias[at] as number);
    const ring: number[] = [];
    const placeOf = new Map<number, number>();
    for (const edge of back) {
      const payer = graph.payer(edge);
      const crossing = placeOf.get(payer);
      if (crossing !== undefined) {
        for (const cut of ring.splice(crossing)) placeOf.delete(graph.payer(cut));
      }
      placeOf.set(payer, ring.length);
      ring.push(edge);
    }
    return ring.reverse();
  }
}

/**
 * Every time-respecting ring that a movement closes, by its number of movements: distinct intermediates, strictly increasing times, first and
 * last no further apart than the window. Exact, and as slow as there are paths: for measuring and for small graphs.
 */
export function countCycles(
  graph: MoneyGraph,
  edge: number,
  limits: { windowMs: number; lengthMax: number },
  counts: Map<number, number>,
): void {
  const [home, start] = [graph.payee(edge), graph.payer(edge)];
  if (home === start) return;
  const oldest = graph.at(edge) - limits.windowMs;
  const onPath = new Set<number>([start]);
  const back = (account: number, before: number, length: number) => {
    if (length >= limits.lengthMax) return;
    for (let into = graph.lastIn(account); into >= graph.first; into = graph.earlierIn(into)) {
      const when = graph.at(into);
      if (when < oldest) break;
      if (when >= before) continue;
      const from = graph.payer(into);
      if (from === home) counts.set(length + 1, (counts.get(length + 1) ?? 0) + 1);
      else if (!onPath.has(from)) {
        onPath.add(from);
        back(from, when, length + 1);
        onPath.delete(from);
      }
    }
  };
  back(start, graph.at(edge), 1);
}
