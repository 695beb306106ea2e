import {
  ALERT_LIMITS,
  AlertBook,
  type AlertChange,
  type AlertLimits,
  type Finding,
  type Reason,
  type SavedAlertBook,
} from './alerts/alert-book';
import { isForeign } from './graph/foreign';
import { GRAPH_LIMITS, type GraphLimits, MoneyGraph, NONE, type SavedGraph } from './graph/money-graph';
import { oddnessOf } from './graph/oddness';
import { passedOnBy } from './graph/passing-on';
import { DAY_MS, type Movement } from './movement';
import { roundness } from './roundness';
import { type CompiledTrees, compiledLogOdds, compiledTrees, contributions, sigmoid } from './score/boosted-trees';
import { FEATURES, FeatureReader } from './score/features';
import type { ScoreModel } from './score/score-model';
import { weightedScore } from './score/weighted-score';
import { Baseline, type SavedBaseline } from './typologies/baseline';
import { Chains, chainOf } from './typologies/chains';
import { Habits } from './typologies/habits';
import { Shapes } from './typologies/shapes';
import { type SavedTerminals, Terminals } from './typologies/terminals';
import { bitOf, TYPOLOGIES, TYPOLOGY_SETTINGS, type Typology, type TypologySettings } from './typologies/typology';

export type DetectionSettings = {
  readonly typologies: TypologySettings;
  readonly graph: GraphLimits;
  readonly alerts: AlertLimits;
  /** How long after its arrival a movement gets its settled score. */
  readonly settleMs: number;
  /** Learned models beside the weighted rules; without them movements have their weighted score only. */
  readonly models?: { readonly arrival: ScoreModel; readonly settled: ScoreModel };
  /** Is shown the features of every movement at both moments: what a model is trained from. The values are overwritten by the next. */
  readonly watch?: (moment: 'arrival' | 'settled', id: string, values: Float32Array) => void;
};
export const DETECTION_SETTINGS: DetectionSettings = {
  typologies: TYPOLOGY_SETTINGS,
  graph: GRAPH_LIMITS,
  alerts: ALERT_LIMITS,
  settleMs: 14 * DAY_MS,
};

/** The scores of one movement, 0 to 1: by the weights of what marks it, and learned (null without a model). */
export type Scored = { readonly id: string; readonly weighted: number; readonly learned: number | null };
export type Taken = {
  readonly arrived: Scored;
  /** Movements whose time to settle ended before this one, with what is known of them now. */
  readonly settled: readonly Scored[];
  readonly changes: readonly AlertChange[];
};
/** What could not be looked at, since the state was new. */
export type Skipped = {
  /** Looks at an account that ended early because it has too many movements. */
  readonly hubs: number;
  readonly ringSearches: number;
  /** Sightings that raised no alert because the learned score holds every one of their movements for ordinary. */
  readonly heldBack: number;
  /** Movements that arrived with a time before one that had arrived already: they count as of that one. */
  readonly late: number;
  readonly crowdedOut: number;
};
export type SavedDetection = {
  readonly graph: SavedGraph;
  readonly alerts: SavedAlertBook;
  readonly baselines: readonly SavedBaseline[];
  readonly asked: readonly (readonly [number, number])[];
  readonly terminals: SavedTerminals;
  readonly nowMs: number;
  readonly taken: number;
  readonly skipped: Skipped;
};

/** A mark needs to be no rarer than this many times what an alert needs. */
const NOTABLE_RARITY = 5;
/** How often it is asked anew what is rare, in movements. */
const ASK_EVERY = 512;
const REASONS_MAX = 6;
/** One movement of this score, or this share of them above the model's lower bound, and a sighting is not held back. */
const HOLDS_NOTHING_BACK_FROM = 0.2;
const ODD_SHARE_MIN = 0.34;
/** Typologies of which the models have seen planted examples; of the others they know nothing and hold back nothing. */
const LEARNED: ReadonlySet<Typology> = new Set([
  'fan-in',
  'fan-out',
  'cycle',
  'scatter-gather',
  'gather-scatter',
  'bipartite',
  'stack',
  'random-walk',
  'rapid-movement',
  'u-turn',
  'front-business',
  'repeated-overseas',
]);
/** Typologies whose subject is the payee; the others are about the payer. */
const ABOUT_PAYEE: ReadonlySet<Typology> = new Set([
  'fan-in',
  'cycle',
  'scatter-gather',
  'bipartite',
  'stack',
  'split-payments',
  'shared-terminal',
]);

/**
 * Every detector over one stream of movements in the order of time. At any moment it has looked at nothing but what it was given by then;
 * {@link save} and the constructor carry its state over a restart without a missed or doubled alert.
 */
export class Detection {
  readonly graph: MoneyGraph;
  readonly alerts: AlertBook;
  readonly #settings: DetectionSettings;
  readonly #features: FeatureReader;
  readonly #shapes: Shapes;
  readonly #chains: Chains;
  readonly #habits: Habits;
  readonly #terminals: Terminals;
  readonly #baselines: readonly Baseline[];
  /** For each typology the size from which it is noted and from which it alerts, here and now. */
  readonly #asked: [number, number][];
  readonly #trees: { readonly arrival: CompiledTrees; readonly settled: CompiledTrees } | undefined;
  readonly #before: Skipped;
  #nowMs: number;
  #taken: number;
  #late = 0;
  #heldBack = 0;

  constructor(settings: DetectionSettings = DETECTION_SETTINGS, saved?: SavedDetection) {
    this.#settings = settings;
    const { models } = settings;
    this.#trees = models && { arrival: compiledTrees(models.arrival), settled: compiledTrees(models.settled) };
    this.graph = new MoneyGraph(settings.graph, saved?.graph);
    this.alerts = new AlertBook(settings.alerts, saved?.alerts);
    this.#features = new FeatureReader(this.graph);
    this.#shapes = new Shapes(this.graph, settings.typologies);
    this.#chains = new Chains(this.graph, settings.typologies);
    this.#habits = new Habits(this.graph, settings.typologies);
    this.#terminals = new Terminals(settings.typologies['shared-terminal'].windowMs, saved?.terminals);
    this.#baselines = TYPOLOGIES.map((_, i) => new Baseline(saved?.baselines[i]));
    this.#asked = TYPOLOGIES.map((typology, i) => {
      const asked = saved?.asked[i];
      return asked ? [...asked] : [settings.typologies[typology].notable, settings.typologies[typology].alert];
    });
    this.#nowMs = saved?.nowMs ?? Number.NEGATIVE_INFINITY;
    this.#taken = saved?.taken ?? 0;
    this.#before = saved?.skipped ?? { hubs: 0, ringSearches: 0, heldBack: 0, late: 0, crowdedOut: 0 };
  }

  /** The newest time that it was given; before the first movement, minus infinity. */
  get nowMs(): number {
    return this.#nowMs;
  }

  get skipped(): Skipped {
    return {
      hubs: this.#before.hubs + this.#shapes.hubsSkipped,
      ringSearches: this.#before.ringSearches + this.#chains.searchesGivenUp,
      heldBack: this.#before.heldBack + this.#heldBack,
      late: this.#before.late + this.#late,
      crowdedOut: this.graph.crowdedOut,
    };
  }

  take(movement: Movement): Taken {
    if (movement.atMs < this.#nowMs) this.#late++;
    else this.#nowMs = movement.atMs;
    const inOrder = movement.atMs === this.#nowMs ? movement : { ...movement, atMs: this.#nowMs };
    const { graph } = this;
    const changes: AlertChange[] = [];
    const settled = this.#settle(this.#nowMs - this.#settings.settleMs, changes);
    if (this.#taken % ASK_EVERY === 0) this.#askAnew();
    this.#taken++;

    const edge = graph.add(inOrder);
    const from = passedOnBy(graph, edge);
    graph.chain(edge, from, from === NONE ? 0 : graph.hops(from) + 1);
    graph.setOddness(edge, oddnessOf(graph, edge), isForeign(graph, edge));
    const sightings = this.#look(edge, inOrder);
    const arrived = this.#score(edge, 'arrival');
    // The features stay in the reader until the next score is given, and with them the reasons.
    const reasons = () => this.#reasons(this.#settings.models?.arrival);
    graph.accounts.learn({
      payer: graph.payer(edge),
      payee: graph.payee(edge),
      atMs: inOrder.atMs,
      amount: inOrder.amount,
      currency: graph.currency(edge),
      round: roundness(inOrder.amount) >= 4,
    });
    const score = arrived.learned ?? arrived.weighted;
    const model = this.#settings.models?.arrival;
    for (const { finding, subject, edges } of sightings) {
      if (model && this.#isHeldBack(finding, edges, model.holdBackBelow)) {
        this.#heldBack++;
        continue;
      }
      this.#raise(
        { finding, subject: graph.names.nameOf(subject), transactions: edges.map((one) => graph.id(one)), score, reasons },
        changes,
      );
    }
    if (sightings.length === 0 && model && score >= model.alertFrom) this.#raiseByScore(edge, score, model, changes);
    return { arrived, settled, changes };
  }

  /**
   * Takes a purchase from a merchant who is known: goods for money, which goes past the money graph. Every shop is a fan-in and every busy
   * shopper a fan-out, so that looking for shapes there finds commerce. A terminal that another merchant has used brings it in after all.
   */
  takePurchase(movement: Movement): Taken {
    if (this.#terminals.take(movement) >= this.#settings.typologies['shared-terminal'].notable) return this.take(movement);
    if (movement.atMs < this.#nowMs) this.#late++;
    else this.#nowMs = movement.atMs;
    const changes: AlertChange[] = [];
    const settled = this.#settle(this.#nowMs - this.#settings.settleMs, changes);
    return { arrived: { id: movement.id, weighted: 0, learned: null }, settled, changes };
  }

  /** Settles everything that has arrived, as if its time had come: for the end of a file. */
  finish(): Pick<Taken, 'settled' | 'changes'> {
    const changes: AlertChange[] = [];
    return { settled: this.#settle(Number.POSITIVE_INFINITY, changes), changes };
  }

  save(): SavedDetection {
    return {
      graph: this.graph.save(),
      alerts: this.alerts.save(),
      baselines: this.#baselines.map((one) => one.save()),
      asked: this.#asked.map(([notable, alert]) => [notable, alert] as const),
      terminals: this.#terminals.save(),
      nowMs: this.#nowMs,
      taken: this.#taken,
      skipped: this.skipped,
    };
  }

  #askAnew(): void {
    for (const [i, typology] of TYPOLOGIES.entries()) {
      const settings = this.#settings.typologies[typology];
      const baseline = this.#baselines[i] as Baseline;
      this.#asked[i] = [
        Math.max(settings.notable, baseline.rareFrom(Math.min(1, settings.rarity * NOTABLE_RARITY))),
        Math.max(settings.alert, baseline.rareFrom(settings.rarity)),
      ];
    }
  }

  #look(edge: number, movement: Movement) {
    const sightings: { finding: Finding; subject: number; edges: readonly number[] }[] = [];
    const report = (typology: Typology, subject: number, size: number, edgesOf: () => readonly number[], weak = false) => {
      const settings = this.#settings.typologies[typology];
      if (!settings.enabled) return;
      const place = TYPOLOGIES.indexOf(typology);
      const baseline = this.#baselines[place] as Baseline;
      baseline.learn(weak ? 0 : size);
      const [notable, alert] = this.#asked[place] as [number, number];
      if (size < notable) return;
      const edges = edgesOf();
      const bit = bitOf(typology);
      for (const one of edges) this.graph.mark(one, bit);
      if (weak || size < alert) return;
      const { version, windowMs } = settings;
      const finding = { typology, version, size, asked: settings.alert, askedHere: alert, share: baseline.shareFrom(size), windowMs };
      sightings.push({ finding, subject, edges });
    };
    this.#shapes.look(edge, report);
    this.#chains.look(edge, report);
    this.#habits.look(edge, report);
    const shared = this.#terminals.take(movement);
    if (shared > 0) report('shared-terminal', this.graph.payee(edge), shared, () => [edge]);
    return sightings;
  }

  // With a model its features are left in the reader, for the reasons.
  #score(edge: number, moment: 'arrival' | 'settled'): Scored {
    const values = this.#trees || this.#settings.watch ? this.#features.read(edge) : undefined;
    if (values) this.#settings.watch?.(moment, this.graph.id(edge), values);
    const weighted = weightedScore(this.graph.marks(edge), this.#settings.typologies);
    const trees = this.#trees?.[moment];
    const learned = trees && values ? sigmoid(compiledLogOdds(trees, values)) : null;
    this.graph.setScore(edge, learned ?? weighted);
    const { accounts } = this.graph;
    for (const account of [this.graph.payer(edge), this.graph.payee(edge)])
      accounts.topScore[account] = Math.max(accounts.topScore[account] as number, learned ?? weighted);
    return { id: this.graph.id(edge), weighted, learned };
  }

  #settle(beforeMs: number, changes: AlertChange[]): Scored[] {
    const { graph } = this;
    const settled: Scored[] = [];
    const model = this.#settings.models?.settled;
    if (graph.settledUpTo < graph.first) graph.settledUpTo = graph.first;
    while (graph.settledUpTo < graph.next && graph.at(graph.settledUpTo) <= beforeMs) {
      const edge = graph.settledUpTo++;
      const scored = this.#score(edge, 'settled');
      settled.push(scored);
      if (!model || scored.learned === null) continue;
      const change = this.alerts.rescore(scored.id, scored.learned, () => this.#reasons(model));
      if (change) changes.push(change);
      else if (scored.learned >= model.alertFrom) this.#raiseByScore(edge, scored.learned, model, changes);
    }
    return settled;
  }

  /**
   * A shape that is no more than asked, of whose movements the model finds hardly one odd, is remembered as marks only: should what follows
   * change the model's mind, the settled score raises it after all. Twice the size that is asked is never held back.
   */
  #isHeldBack({ typology, size, askedHere }: Finding, edges: readonly number[], below: number): boolean {
    if (!LEARNED.has(typology) || size >= 2 * askedHere) return false;
    let odd = 0;
    for (const edge of edges) {
      const score = this.graph.score(edge);
      if (score >= HOLDS_NOTHING_BACK_FROM) return false;
      if (score >= below) odd++;
    }
    return odd < ODD_SHARE_MIN * edges.length;
  }

  /** A learned score never alerts alone: a detector must have marked the movement as well, and the alert is of that detector's kind. */
  #raiseByScore(edge: number, score: number, model: ScoreModel, changes: AlertChange[]): void {
    const { graph } = this;
    const marks = graph.marks(edge);
    if (marks === 0) return;
    const typologies = this.#settings.typologies;
    const typology = TYPOLOGIES.filter((one) => marks & bitOf(one)).reduce((a, b) => (typologies[b].weight > typologies[a].weight ? b : a));
    const place = TYPOLOGIES.indexOf(typology);
    const { notable, version, windowMs } = typologies[typology];
    const size = (this.#asked[place] as [number, number])[0];
    const share = (this.#baselines[place] as Baseline).shareFrom(size);
    const subject = graph.names.nameOf(ABOUT_PAYEE.has(typology) ? graph.payee(edge) : graph.payer(edge));
    const transactions = chainOf(graph, edge).map((one) => graph.id(one));
    const finding = { typology, version, size, asked: notable, askedHere: size, share, windowMs };
    this.#raise({ finding, subject, transactions, score, reasons: () => this.#reasons(model) }, changes);
  }

  #raise(sighting: Parameters<AlertBook['take']>[0], changes: AlertChange[]): void {
    const change = this.alerts.take(sighting, this.#nowMs);
    if (change) changes.push(change);
  }

  #reasons(model: ScoreModel | undefined): readonly Reason[] {
    if (!model) return [];
    const { values } = this.#features;
    const { byFeature } = contributions(model, values);
    return [...byFeature.keys()]
      .sort((a, b) => Math.abs(byFeature[b] as number) - Math.abs(byFeature[a] as number))
      .slice(0, REASONS_MAX)
      .map((i) => ({ feature: FEATURES[i] as string, value: values[i] as number, adds: byFeature[i] as number }));
  }
}
