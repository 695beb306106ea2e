import { HOUR_MS } from '@/domain/detection/movement';
import type { Rule } from '@/domain/detection/rules/rule';
import { RuleEvaluator, type SavedRules } from '@/domain/detection/rules/rule-evaluator';
import type { StoredPayment } from '../feed/stored-payment';
import { factOf } from './fact-of';
import { type HitSubject, hitSubject } from './hit-subject';

/** What a rule's hits of one subject and period come to within a chunk. */
export type RuleHit = {
  readonly key: string;
  readonly rule: Rule;
  readonly subject: HitSubject;
  readonly firstAtMs: number;
  lastAtMs: number;
  /** Of the highest band that was met. */
  outcome: Rule['bands'][number]['outcome'];
  reason: string;
  from: string;
  value: string;
  currency: string | null;
  amountMinor: bigint;
  count: number;
  /** At most TRANSACTIONS_MAX of them. */
  readonly transactions: { readonly key: string; readonly acceptedAtMs: number }[];
};
export type RuleTally = {
  readonly rule: string;
  readonly version: number;
  readonly day: string;
  clear: number;
  hits: number;
  notEvaluable: number;
};
export type RuleFault = { readonly rule: string; readonly version: number; readonly fault: string };

export const TRANSACTIONS_MAX = 500;
/** A rule that takes more of the processor (not of the clock: on a busy machine everything takes long) for a payment is not let go on. */
const SLOW_US = 500;
const SLOW_AFTER_US = 1_000_000;
const LOOKED_EVERY = 64;
const REMEMBERED = 65_536;

/** Some versions of rules over the stream; each by itself, so that one that throws or is slow does no harm to the others. */
export class RuleRun {
  readonly #each: readonly { readonly rule: Rule; readonly evaluator: RuleEvaluator; off: boolean; asked: number; usedUs: number }[];

  constructor(rules: readonly Rule[], saved: ReadonlyMap<string, SavedRules> = new Map()) {
    this.#each = rules.map((rule) => ({
      rule,
      evaluator: new RuleEvaluator([rule], saved.get(nameOf(rule))),
      off: false,
      asked: 0,
      usedUs: 0,
    }));
  }

  /** What the payments of a chunk, in their order, are to the rules. */
  take(payments: readonly StoredPayment[]) {
    const hits = new Map<string, RuleHit>();
    const tallies = new Map<string, RuleTally>();
    const faults: RuleFault[] = [];
    const facts = payments.map(factOf);
    for (const one of this.#each) {
      let begunUs = processorUs();
      for (const [i, fact] of facts.entries()) {
        if (one.off) break;
        const payment = payments[i] as StoredPayment;
        const [result] = one.evaluator.take(fact);
        if (result?.kind === 'switched-off') {
          one.off = true;
          faults.push({ rule: one.rule.id, version: one.rule.version, fault: result.fault });
        } else if (result) {
          const tally = tallyOf(tallies, one.rule, payment.acceptedAtMs);
          if (result.kind === 'clear') tally.clear++;
          else if (result.kind === 'not-evaluable') tally.notEvaluable++;
          else {
            tally.hits++;
            gather(hits, one.rule, payment, result);
          }
        }
        one.asked++;
        if (one.asked % LOOKED_EVERY !== 0 && i + 1 < facts.length) continue;
        const nowUs = processorUs();
        one.usedUs += nowUs - begunUs;
        begunUs = nowUs;
        if (one.usedUs > SLOW_AFTER_US && one.usedUs / one.asked > SLOW_US && !one.off) {
          one.off = true;
          const fault = `took ${Math.round(one.usedUs / one.asked)} µs a payment, more than ${SLOW_US} µs`;
          faults.push({ rule: one.rule.id, version: one.rule.version, fault });
        }
        // What it was long ago says little of what it is.
        if (one.asked < REMEMBERED) continue;
        one.usedUs /= 2;
        one.asked /= 2;
      }
    }
    return { hits, tallies, faults };
  }

  get rules(): readonly Rule[] {
    return this.#each.map(({ rule }) => rule);
  }

  save(): ReadonlyMap<string, SavedRules> {
    return new Map(this.#each.map(({ rule, evaluator }) => [nameOf(rule), evaluator.save()]));
  }
}

function processorUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

export const nameOf = ({ id, version }: Pick<Rule, 'id' | 'version'>) => `${id}@${version}`;

function tallyOf(tallies: Map<string, RuleTally>, rule: Rule, atMs: number): RuleTally {
  const day = new Date(atMs + 8 * HOUR_MS).toISOString().slice(0, 10);
  const name = `${nameOf(rule)} ${day}`;
  let tally = tallies.get(name);
  if (!tally) {
    tally = { rule: rule.id, version: rule.version, day, clear: 0, hits: 0, notEvaluable: 0 };
    tallies.set(name, tally);
  }
  return tally;
}

function gather(
  hits: Map<string, RuleHit>,
  rule: Rule,
  payment: StoredPayment,
  result: { readonly outcome: RuleHit['outcome']; readonly reason: string; readonly from: string; readonly value: string },
): void {
  const subject = hitSubject(rule, payment);
  const key = `rule:${nameOf(rule)}:${subject.type}:${subject.id}:${subject.period}`;
  const { key: transaction, acceptedAtMs, amountMinor, currency } = payment;
  let hit = hits.get(key);
  if (!hit) {
    const { outcome, reason, from, value } = result;
    hit = {
      key,
      rule,
      subject,
      firstAtMs: acceptedAtMs,
      lastAtMs: acceptedAtMs,
      outcome,
      reason,
      from,
      value,
      currency,
      amountMinor: 0n,
      count: 0,
      transactions: [],
    };
    hits.set(key, hit);
  }
  hit.lastAtMs = Math.max(hit.lastAtMs, acceptedAtMs);
  // Bands are met in rising order within a period, but a flag's never change.
  if (BigInt(result.value) >= BigInt(hit.value)) {
    hit.outcome = result.outcome;
    hit.reason = result.reason;
    hit.from = result.from;
    hit.value = result.value;
  }
  hit.count++;
  if (hit.currency === currency) hit.amountMinor += amountMinor;
  else hit.currency = null;
  if (hit.transactions.length < TRANSACTIONS_MAX) hit.transactions.push({ key: transaction, acceptedAtMs });
}
