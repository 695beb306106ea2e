import type { MoneyGraph } from '../graph/money-graph';
import { ODDNESS } from '../graph/oddness';
import { Seen } from '../graph/seen';
import { Neighbours, oddMovementsOf } from './neighbours';
import type { Typology, TypologySettings } from './typology';

/**
 * An account with more counterparties or movements than this in the window is a hub, a shop or an employer: shapes are not sought around or
 * through it, and that is counted.
 */
export const HUB_PARTIES_MAX = 24;
const HUB_LOOKS_MAX = 96;
const NEAR_MAX = 32;
const FAR_MAX = 48;
/** The least part of an account's counterparties that odd payments must have for the account to be the centre of a shape. */
const ODD_SHARE_MIN = 0.6;
const WEAK_SHARE_MIN = 0.35;

/** A weak sighting marks its movements and raises nothing by itself. */
export type Report = (typology: Typology, subject: number, size: number, edges: () => readonly number[], weak?: boolean) => void;

/**
 * Stars and layers around a movement: fan-in and fan-out, gather-scatter, scatter-gather, bipartite, stack. They are sought among payments
 * that are odd for their payers, each by looking at the two ends and at most at their counterparties' own movements, so that the work is
 * bounded whatever the graph.
 */
export class Shapes {
  readonly #graph: MoneyGraph;
  readonly #settings: TypologySettings;
  readonly #payers = new Neighbours();
  readonly #payees = new Neighbours();
  readonly #far = new Neighbours();
  readonly #tally = new Seen();
  hubsSkipped = 0;

  constructor(graph: MoneyGraph, settings: TypologySettings) {
    this.#graph = graph;
    this.#settings = settings;
  }

  look(edge: number, report: Report): void {
    const graph = this.#graph;
    // A usual payment completes no shape of odd ones.
    if (graph.oddness(edge) === ODDNESS.usual) return;
    const at = graph.at(edge);
    const [payer, payee] = [graph.payer(edge), graph.payee(edge)];
    const since = (typology: Typology) => at - this.#settings[typology].windowMs;
    const payers = this.#payers.read(graph, payee, 'in', { sinceMs: since('fan-in'), untilMs: at, looksMax: HUB_LOOKS_MAX });
    const payees = this.#payees.read(graph, payer, 'out', { sinceMs: since('fan-out'), untilMs: at, looksMax: HUB_LOOKS_MAX });
    if (isHub(payers)) this.hubsSkipped++;
    else {
      const weak = !isCentre(payers, ODD_SHARE_MIN);
      report('fan-in', payee, sizeOf(payers), () => oddMovementsOf(graph, payee, 'in', since('fan-in'), HUB_LOOKS_MAX), weak);
      this.#behindPayee(edge, report);
    }
    if (isHub(payees)) this.hubsSkipped++;
    else {
      const weak = !isCentre(payees, ODD_SHARE_MIN);
      report('fan-out', payer, sizeOf(payees), () => oddMovementsOf(graph, payer, 'out', since('fan-out'), HUB_LOOKS_MAX), weak);
      this.#gatherScatter(edge, report);
    }
  }

  /** Gathered from several, then scattered to several: only what leaves after it was gathered counts. */
  #gatherScatter(edge: number, report: Report): void {
    const graph = this.#graph;
    const settings = this.#settings['gather-scatter'];
    const account = graph.payer(edge);
    if (this.#payees.parties.length < settings.notable || !isCentre(this.#payees, WEAK_SHARE_MIN)) {
      report('gather-scatter', account, 0, none);
      return;
    }
    const since = graph.at(edge) - settings.windowMs;
    const incoming = oddMovementsOf(graph, account, 'in', since, HUB_LOOKS_MAX);
    const outgoing = oddMovementsOf(graph, account, 'out', since, HUB_LOOKS_MAX);
    // For every moment between: how many had paid in by then, how many were paid after. The best moment's smaller side is the size.
    const tally = this.#tally;
    tally.clear();
    const scatteredFrom = outgoing.map((out) => {
      tally.add(graph.payee(out));
      return tally.size;
    });
    tally.clear();
    let [size, cut] = [0, 0];
    let out = outgoing.length - 1;
    for (let into = incoming.length - 1; into >= 0; into--) {
      const when = graph.at(incoming[into] as number);
      tally.add(graph.payer(incoming[into] as number));
      while (out >= 0 && graph.at(outgoing[out] as number) < when) out--;
      if (out < 0) break;
      const both = Math.min(tally.size, scatteredFrom[out] as number);
      if (both > size) [size, cut] = [both, when];
    }
    const edges = () => [...outgoing.filter((one) => graph.at(one) >= cut), ...incoming.filter((one) => graph.at(one) <= cut)];
    report('gather-scatter', account, size, edges, !isCentre(this.#payees, ODD_SHARE_MIN));
  }

  /** What lies behind the accounts that paid this payee: a common source, common other payees, or a layer of payers behind each. */
  #behindPayee(edge: number, report: Report): void {
    const graph = this.#graph;
    const at = graph.at(edge);
    const payee = graph.payee(edge);
    const near = this.#payers;
    const nearCount = Math.min(near.parties.length, NEAR_MAX);
    if (nearCount < 2) {
      report('scatter-gather', payee, 0, none);
      report('bipartite', payee, 0, none);
      report('stack', payee, 0, none);
      return;
    }
    const sinceMs = at - this.#settings['scatter-gather'].windowMs;
    this.#tally.clear();
    let [most, source, deep] = [0, -1, 0];
    const middles: number[] = [];
    for (let i = 0; i < nearCount; i++) {
      const far = this.#far.read(graph, near.parties[i] as number, 'in', {
        sinceMs,
        untilMs: graph.at(near.edges[i] as number),
        looksMax: FAR_MAX,
      });
      if (isHub(far)) {
        this.hubsSkipped++;
        continue;
      }
      let others = 0;
      for (const from of far.parties) {
        if (from === payee) continue;
        others++;
        const times = this.#tally.add(from);
        if (times > most) [most, source] = [times, from];
      }
      if (others < 2) continue;
      deep++;
      middles.push(i);
    }
    report('scatter-gather', payee, most, () => this.#throughMiddles(edge, source));
    // Customers share shops: sides and layers need a payee who is mostly paid oddly.
    const weak = !isCentre(near, ODD_SHARE_MIN);
    if (isCentre(near, WEAK_SHARE_MIN)) {
      report('stack', payee, deep, () => this.#layers(edge, middles), weak);
      this.#bipartite(edge, nearCount, weak, report);
      return;
    }
    report('stack', payee, 0, none);
    report('bipartite', payee, 0, none);
  }

  /** Payers who share several payees. Size: payments to shared payees, this payee's own included. */
  #bipartite(edge: number, nearCount: number, weak: boolean, report: Report): void {
    const graph = this.#graph;
    const at = graph.at(edge);
    const payee = graph.payee(edge);
    const near = this.#payers;
    const since = at - this.#settings.bipartite.windowMs;
    this.#tally.clear();
    let [shared, edges] = [0, 0];
    for (let i = 0; i < nearCount; i++) {
      const far = this.#far.read(graph, near.parties[i] as number, 'out', { sinceMs: since, untilMs: at, looksMax: FAR_MAX });
      if (isHub(far)) continue;
      for (const to of far.parties) {
        if (to === payee) continue;
        const times = this.#tally.add(to);
        if (times === 2) {
          shared++;
          edges += 2;
        } else if (times > 2) edges++;
      }
    }
    const size = shared === 0 ? 0 : edges + nearCount;
    const edgesOf = () => {
      const found: number[] = [];
      for (let i = 0; i < nearCount; i++)
        for (const out of oddMovementsOf(graph, near.parties[i] as number, 'out', since, FAR_MAX))
          if (graph.payee(out) === payee || this.#tally.count(graph.payee(out)) >= 2) found.push(out);
      return newestFirst(found);
    };
    report('bipartite', payee, size, edgesOf, weak);
  }

  #throughMiddles(edge: number, source: number): readonly number[] {
    const graph = this.#graph;
    const since = graph.at(edge) - this.#settings['scatter-gather'].windowMs;
    const found: number[] = [];
    for (const [i, middle] of this.#payers.parties.slice(0, NEAR_MAX).entries()) {
      const out = this.#payers.edges[i] as number;
      for (const into of oddMovementsOf(graph, middle, 'in', since, FAR_MAX))
        if (graph.payer(into) === source && graph.at(into) <= graph.at(out)) found.push(into, out);
    }
    return newestFirst(found);
  }

  #layers(edge: number, middles: readonly number[]): readonly number[] {
    const graph = this.#graph;
    const since = graph.at(edge) - this.#settings.stack.windowMs;
    const found: number[] = [];
    for (const i of middles) {
      const middle = this.#payers.parties[i] as number;
      found.push(...oddMovementsOf(graph, middle, 'out', since, FAR_MAX));
      found.push(...oddMovementsOf(graph, middle, 'in', since, FAR_MAX).filter((into) => into < (this.#payers.edges[i] as number)));
    }
    return newestFirst(found);
  }
}

const none = () => [];

function isHub(around: Neighbours): boolean {
  return around.crowded || around.all > HUB_PARTIES_MAX;
}

function isCentre(around: Neighbours, shareMin: number): boolean {
  return around.weight >= shareMin * around.all;
}

/** What a star counts: odd counterparties at full and first contacts at half where they are most of all, else all first contacts, weakly. */
function sizeOf(around: Neighbours): number {
  if (isCentre(around, ODD_SHARE_MIN)) return Math.floor(around.weight);
  return isCentre(around, WEAK_SHARE_MIN) ? around.parties.length : 0;
}

function newestFirst(edges: readonly number[]): readonly number[] {
  return [...new Set(edges)].sort((a, b) => b - a);
}
