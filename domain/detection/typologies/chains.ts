import { type MoneyGraph, NONE } from '../graph/money-graph';
import { DAY_MS, MOVEMENT_CHANNELS } from '../movement';
import { CycleFinder } from './cycles';
import { movementsOf } from './neighbours';
import type { Report } from './shapes';
import type { TypologySettings } from './typology';

const SHORT = { lengthMax: 4, looksMax: 192 };
const LONG = { lengthMax: 14, looksMax: 256, factorMax: 1.5 };
const TRANSFER = MOVEMENT_CHANNELS.indexOf('transfer');
const DEPOSIT = MOVEMENT_CHANNELS.indexOf('deposit');
const LOOKS_MAX = 48;
/** What a hop of rapid movement keeps at least. */
const RAPID_SHARE_MIN = 0.9;

/** Money that is passed on: rings, chains of hops, quick ones, ones that come home, and cash that becomes transfers. */
export class Chains {
  readonly #graph: MoneyGraph;
  readonly #settings: TypologySettings;
  readonly #cycles: CycleFinder;
  /** Searches for rings that ended because they had looked at enough. */
  searchesGivenUp = 0;

  constructor(graph: MoneyGraph, settings: TypologySettings) {
    this.#graph = graph;
    this.#settings = settings;
    this.#cycles = new CycleFinder(graph);
  }

  look(edge: number, report: Report): void {
    const graph = this.#graph;
    if (graph.payer(edge) === graph.payee(edge)) return;
    this.#cycle(edge, report);
    const chain = chainOf(graph, edge);
    report('random-walk', graph.payer(edge), this.#hops(chain, this.#settings['random-walk'].windowMs, 0), () => chain);
    report('rapid-movement', graph.payer(edge), this.#hops(chain, this.#settings['rapid-movement'].windowMs, RAPID_SHARE_MIN), () => chain);
    this.#uTurn(edge, chain, report);
    this.#frontBusiness(edge, report);
  }

  #cycle(edge: number, report: Report): void {
    const windowMs = this.#settings.cycle.windowMs;
    let found = this.#cycles.find(edge, { windowMs, ...SHORT });
    if (found.kind !== 'found') {
      const gaveUp = found.kind === 'gave-up';
      found = this.#cycles.find(edge, { windowMs, ...LONG });
      if (found.kind === 'gave-up' || (gaveUp && found.kind === 'none')) this.searchesGivenUp++;
    }
    const edges = found.kind === 'found' ? found.edges : [];
    report('cycle', this.#graph.payee(edge), edges.length, () => edges);
  }

  /** Hops from the newest back, as long as each followed the one before within the time and kept its share. */
  #hops(chain: readonly number[], withinMs: number, shareMin: number): number {
    const graph = this.#graph;
    let hops = 0;
    for (let i = 0; i + 1 < chain.length; i++) {
      const [later, earlier] = [chain[i] as number, chain[i + 1] as number];
      if (graph.at(later) - graph.at(earlier) > withinMs || graph.amount(later) < shareMin * graph.amount(earlier)) break;
      hops++;
    }
    return hops;
  }

  /** Out through others and back to where it came from: the same account, or another account of its institution after several hops. */
  #uTurn(edge: number, chain: readonly number[], report: Report): void {
    const graph = this.#graph;
    const payee = graph.payee(edge);
    let size = 0;
    for (let i = 2; i < chain.length; i++) {
      const head = chain[i] as number;
      if (graph.at(edge) - graph.at(head) > this.#settings['u-turn'].windowMs) break;
      const origin = graph.payer(head);
      const { institution } = graph.accounts;
      if (origin === payee || (i >= 3 && institution[origin] === institution[payee])) size = i;
    }
    report('u-turn', payee, size, () => chain.slice(0, size + 1));
  }

  /** Cash paid in that leaves as a transfer of nearly the same amount, again and again through the same account. */
  #frontBusiness(edge: number, report: Report): void {
    const graph = this.#graph;
    const account = graph.payer(edge);
    const from = graph.passedOn(edge);
    if (from === NONE || graph.channel(from) !== DEPOSIT || graph.channel(edge) !== TRANSFER) {
      report('front-business', account, 0, () => []);
      return;
    }
    const since = graph.at(edge) - this.#settings['front-business'].windowMs;
    const pairs: number[] = [];
    for (const out of movementsOf(graph, account, 'out', since, LOOKS_MAX)) {
      const deposit = graph.passedOn(out);
      if (graph.channel(out) !== TRANSFER || deposit === NONE || graph.channel(deposit) !== DEPOSIT) continue;
      if (graph.at(out) - graph.at(deposit) <= 5 * DAY_MS) pairs.push(out, deposit);
    }
    report('front-business', account, pairs.length / 2, () => pairs);
  }
}

/** The movement and those whose money it passes on, newest first. */
export function chainOf(graph: MoneyGraph, edge: number): readonly number[] {
  const chain = [edge];
  for (let from = graph.passedOn(edge); from !== NONE && chain.length < 32; from = graph.passedOn(from)) chain.push(from);
  return chain;
}
