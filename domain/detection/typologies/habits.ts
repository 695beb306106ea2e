import type { MoneyGraph } from '../graph/money-graph';
import { Seen } from '../graph/seen';
import { DAY_MS, MOVEMENT_CHANNELS } from '../movement';
import { roundness } from '../roundness';
import { movementsOf } from './neighbours';
import type { Report } from './shapes';
import type { TypologySettings } from './typology';

/** Amounts from which something has to be reported, in major units, and how far below them still counts as staying below. */
export const REPORTING_STEPS: readonly number[] = [5_000, 10_000, 50_000, 200_000, 500_000, 2_000_000];
const BELOW_SHARE = 0.15;
const LOOKS_MAX = 64;
/** A multiple of a hundred major units. */
const ROUND_FROM = 4;
const HISTORY_MIN = 10;
const TRANSFER = MOVEMENT_CHANNELS.indexOf('transfer');
const PAYMENT = MOVEMENT_CHANNELS.indexOf('payment');
const WITHDRAWAL = MOVEMENT_CHANNELS.indexOf('withdrawal');

/** What does not fit an account's own habits: amounts kept below a step, round ones, a sudden awakening, foreign currencies, splitting. */
export class Habits {
  readonly #graph: MoneyGraph;
  readonly #settings: TypologySettings;
  readonly #seen = new Seen();

  constructor(graph: MoneyGraph, settings: TypologySettings) {
    this.#graph = graph;
    this.#settings = settings;
  }

  look(edge: number, report: Report): void {
    this.#structuring(edge, report);
    this.#dormant(edge, report);
    this.#round(edge, report);
    this.#overseas(edge, report);
    this.#split(edge, report);
  }

  #structuring(edge: number, report: Report): void {
    const graph = this.#graph;
    const amount = graph.amount(edge);
    const step = REPORTING_STEPS.find((one) => amount < one && amount >= (1 - BELOW_SHARE) * one);
    if (step === undefined) {
      report('structuring', graph.payer(edge), 0, none);
      return;
    }
    const since = graph.at(edge) - this.#settings.structuring.windowMs;
    const below = (one: number) => graph.amount(one) < step && graph.amount(one) >= (1 - BELOW_SHARE) * step;
    const out = movementsOf(graph, graph.payer(edge), 'out', since, LOOKS_MAX).filter(below);
    const into = movementsOf(graph, graph.payee(edge), 'in', since, LOOKS_MAX).filter(below);
    if (out.length >= into.length) report('structuring', graph.payer(edge), out.length, () => out);
    else report('structuring', graph.payee(edge), into.length, () => into);
  }

  /** Size: how many of three hold: long silence, an amount above what was usual, money that came in and leaves again at once. */
  #dormant(edge: number, report: Report): void {
    const graph = this.#graph;
    const { accounts } = graph;
    const account = graph.payer(edge);
    const last = accounts.lastAt[account] as number;
    const quiet = graph.at(edge) - last >= this.#settings['dormant-awakening'].windowMs && (accounts.outCount[account] as number) > 0;
    if (!quiet) {
      report('dormant-awakening', account, 0, none);
      return;
    }
    const large = Math.log1p(graph.amount(edge)) > (accounts.outMean[account] as number) + Math.log(3);
    report('dormant-awakening', account, 1 + (large ? 2 : 0), () => [edge]);
  }

  #round(edge: number, report: Report): void {
    const graph = this.#graph;
    const { accounts } = graph;
    const account = graph.payer(edge);
    const count = accounts.outCount[account] as number;
    const unusual = count >= HISTORY_MIN && (accounts.roundCount[account] as number) / count <= 0.2;
    if (!unusual || roundness(graph.amount(edge)) < ROUND_FROM || graph.channel(edge) === WITHDRAWAL) {
      report('round-amounts', account, 0, none);
      return;
    }
    const since = graph.at(edge) - this.#settings['round-amounts'].windowMs;
    const round = movementsOf(graph, account, 'out', since, LOOKS_MAX).filter((one) => roundness(graph.amount(one)) >= ROUND_FROM);
    report('round-amounts', account, round.length, () => round);
  }

  /** Transfers in a currency other than the one the account is paid in, to ever new payees; what a traveller buys is none. */
  #overseas(edge: number, report: Report): void {
    const graph = this.#graph;
    const account = graph.payer(edge);
    const into = graph.lastIn(account);
    if (into < graph.first || graph.channel(edge) !== TRANSFER || graph.currency(into) === graph.currency(edge)) {
      report('repeated-overseas', account, 0, none);
      return;
    }
    const since = graph.at(edge) - this.#settings['repeated-overseas'].windowMs;
    const currencyIn = graph.currency(into);
    const abroad = movementsOf(graph, account, 'out', since, LOOKS_MAX).filter(
      (one) => graph.channel(one) === TRANSFER && graph.currency(one) !== currencyIn,
    );
    this.#seen.clear();
    for (const one of abroad) this.#seen.add(graph.payee(one));
    // Shops abroad are paid often by a traveller; what is meant is few payments, nearly each to somebody new.
    const spread =
      this.#seen.size >= 0.75 * abroad.length && DAY_MS * abroad.length < graph.at(edge) - graph.at(abroad[abroad.length - 1] as number);
    report('repeated-overseas', account, spread ? this.#seen.size : 0, () => abroad);
  }

  /** Small alike payments that are foreign to those who make them, into one account: one payer's of a day, or several payers' over weeks. */
  #split(edge: number, report: Report): void {
    const graph = this.#graph;
    const payee = graph.payee(edge);
    const amount = graph.amount(edge);
    // Small change at a till is no splitting.
    if (!graph.isForeign(edge) || graph.channel(edge) === PAYMENT || graph.channel(edge) === WITHDRAWAL) {
      report('split-payments', payee, 0, none);
      return;
    }
    const at = graph.at(edge);
    // All of like amount are named; those that are foreign count, among them what follows one of the same payer.
    const alike = movementsOf(graph, payee, 'in', at - this.#settings['split-payments'].windowMs, LOOKS_MAX).filter((one) => {
      const factor = graph.amount(one) / amount;
      return factor <= 2 && factor >= 0.5;
    });
    this.#seen.clear();
    let [sameDay, foreign] = [0, 0];
    for (const one of alike) {
      if (!graph.isForeign(one)) continue;
      foreign++;
      this.#seen.add(graph.payer(one));
      if (graph.payer(one) === graph.payer(edge) && at - graph.at(one) < DAY_MS) sameDay++;
    }
    const payers = this.#seen.size;
    report('split-payments', payee, Math.max(sameDay, payers >= 2 && foreign >= 3 ? payers + 1 : 0), () => alike);
  }
}

const none = () => [];
