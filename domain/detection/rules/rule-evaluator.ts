import { parseAmount } from '../../money';
import { DAY_MS, HOUR_MS } from '../movement';
import type { FactField, Rule, RuleFact } from './rule';

export type RuleResult = { readonly rule: string; readonly version: number } & (
  | { readonly kind: 'clear'; readonly value: string }
  | {
      readonly kind: 'hit';
      readonly value: string;
      readonly outcome: Rule['bands'][number]['outcome'];
      readonly reason: string;
      readonly from: string;
    }
  /** A field that the rule needs is absent: nothing can be said, which is never the same as clear. */
  | { readonly kind: 'not-evaluable'; readonly missing: FactField | 'currency' }
  /** The rule threw; it is off until somebody looks. */
  | { readonly kind: 'switched-off'; readonly fault: string }
);

type Tally = { period: string; sum: bigint; count: number; members: Set<string> };
export type SavedRules = {
  readonly tallies: readonly (readonly [
    string,
    { readonly period: string; readonly sum: string; readonly count: number; readonly members: readonly string[] },
  ])[];
  readonly off: readonly (readonly [string, string])[];
  readonly sweptDay: number;
};

const MEMBERS_MAX = 64;
const zoned = (atMs: number) => new Date(atMs + 8 * HOUR_MS).toISOString();

/**
 * Evaluates rules over a stream of payments. Days and years are business time, UTC+8. Amounts stay whole minor units throughout, so that a
 * boundary of 500.00 is met by 500.00 and by nothing that is nearly that.
 */
export class RuleEvaluator {
  readonly #rules: readonly Rule[];
  readonly #tallies = new Map<string, Tally>();
  readonly #off = new Map<string, string>();
  #sweptDay: number;

  constructor(rules: readonly Rule[], saved?: SavedRules) {
    this.#rules = rules;
    this.#sweptDay = saved?.sweptDay ?? 0;
    for (const [key, { period, sum, count, members }] of saved?.tallies ?? [])
      this.#tallies.set(key, { period, sum: BigInt(sum), count, members: new Set(members) });
    for (const [key, fault] of saved?.off ?? []) this.#off.set(key, fault);
  }

  get tallyCount(): number {
    return this.#tallies.size;
  }

  /** What every rule that holds at its time and applies says of a payment; rules that do not apply say nothing. */
  take(fact: RuleFact): readonly RuleResult[] {
    this.#sweep(fact.atMs);
    const day = zoned(fact.atMs).slice(0, 10);
    const results: RuleResult[] = [];
    for (const rule of this.#rules) {
      if (day < rule.effectiveFrom || (rule.effectiveTo !== undefined && day >= rule.effectiveTo)) continue;
      const name = `${rule.id}@${rule.version}`;
      const said = { rule: rule.id, version: rule.version };
      if (this.#off.has(name)) continue;
      try {
        const result = this.#evaluate(rule, fact);
        if (result) results.push({ ...said, ...result });
      } catch (error) {
        const fault = error instanceof Error ? error.message : String(error);
        this.#off.set(name, fault);
        results.push({ ...said, kind: 'switched-off', fault });
      }
    }
    return results;
  }

  save(): SavedRules {
    return {
      tallies: [...this.#tallies].map(
        ([key, { period, sum, count, members }]) => [key, { period, sum: String(sum), count, members: [...members] }] as const,
      ),
      off: [...this.#off],
      sweptDay: this.#sweptDay,
    };
  }

  #evaluate(rule: Rule, fact: RuleFact) {
    for (const { field, is } of rule.when) {
      if (fact[field] === undefined) return { kind: 'not-evaluable', missing: field } as const;
      if (fact[field] !== is) return undefined;
    }
    for (const { field, is } of rule.unless) {
      if (fact[field] === undefined) return { kind: 'not-evaluable', missing: field } as const;
      if (fact[field] === is) return undefined;
    }
    const amounts = rule.measure.kind === 'amount' || rule.measure.kind === 'sum';
    if (rule.currency !== undefined && fact.currency !== rule.currency) return undefined;
    const missing = rule.groupBy.find((field) => fact[field] === undefined);
    if (missing) return { kind: 'not-evaluable', missing } as const;
    if ('of' in rule.measure && fact[rule.measure.of] === undefined) return { kind: 'not-evaluable', missing: rule.measure.of } as const;
    const value = this.#value(rule, fact);
    const exceeds = (from: string) => {
      const bound = amounts ? minorOf(from, rule.currency as string) : BigInt(from);
      return rule.boundary === '>' ? value > bound : value >= bound;
    };
    const band = rule.bands.findLast(({ from }) => exceeds(from));
    if (!band) return { kind: 'clear', value: String(value) } as const;
    return { kind: 'hit', value: String(value), outcome: band.outcome, reason: band.reason, from: band.from } as const;
  }

  /** Minor units for amounts and sums, a whole number otherwise. */
  #value(rule: Rule, fact: RuleFact): bigint {
    const { measure } = rule;
    if (measure.kind === 'amount') return fact.amountMinor;
    if (measure.kind === 'flag') return fact[measure.of] === measure.is ? 1n : 0n;
    if (measure.kind === 'days-since') return BigInt(Math.floor((fact.atMs - (fact[measure.of] as number)) / DAY_MS));
    const key = [`${rule.id}@${rule.version}`, ...rule.groupBy.map((field) => String(fact[field]))].join('\u0000');
    const period = periodOf(rule.window, fact.atMs);
    let tally = this.#tallies.get(key);
    if (!tally || tally.period !== period) {
      tally = { period, sum: 0n, count: 0, members: new Set() };
      this.#tallies.set(key, tally);
    }
    tally.sum += fact.amountMinor;
    tally.count++;
    if (measure.kind === 'sum') return tally.sum;
    if (measure.kind === 'count') return BigInt(tally.count);
    if (tally.members.size < MEMBERS_MAX) tally.members.add(String(fact[measure.of]));
    return BigInt(tally.members.size);
  }

  // Once a business day: sums of periods that are over are never asked for again.
  #sweep(atMs: number): void {
    const day = Math.floor((atMs + 8 * HOUR_MS) / DAY_MS);
    if (day === this.#sweptDay) return;
    this.#sweptDay = day;
    const running = new Set(
      ['business-day', 'calendar-year', 'lifetime', 'days-30'].map((window) => periodOf(window as Rule['window'], atMs)),
    );
    for (const [key, { period }] of this.#tallies) if (!running.has(period)) this.#tallies.delete(key);
  }
}

function periodOf(window: Rule['window'], atMs: number): string {
  const at = zoned(atMs);
  if (window === 'business-day') return at.slice(0, 10);
  if (window === 'calendar-year') return at.slice(0, 4);
  if (window === 'days-30') return `30 d ${Math.floor((atMs + 8 * HOUR_MS) / (30 * DAY_MS))}`;
  return 'all';
}

function minorOf(decimal: string, currency: string): bigint {
  const parsed = parseAmount(decimal, currency);
  if (!parsed.ok) throw new Error(`${decimal} ${currency} is no amount: ${parsed.fault}`);
  return parsed.minor;
}
