import type { ChunkFindings } from './engine';
import { type RuleHit, type RuleTally, TRANSACTIONS_MAX } from './rules/rule-run';

/** What several chunks, one after the other, came to. */
export class MergedFindings {
  readonly #alerts = new Map<string, ChunkFindings['alerts'] extends ReadonlyMap<string, infer A> ? A : never>();
  readonly #hits = new Map<string, RuleHit>();
  readonly #tallies = new Map<string, RuleTally>();
  readonly #shadowHits = new Map<string, RuleHit>();
  readonly #shadowTallies = new Map<string, RuleTally>();
  readonly #faults: ChunkFindings['faults'][number][] = [];
  #movements = 0;

  add(findings: ChunkFindings): void {
    this.#movements += findings.movements;
    for (const [id, alert] of findings.alerts) this.#alerts.set(id, alert);
    mergeHits(this.#hits, findings.hits);
    mergeHits(this.#shadowHits, findings.shadowHits);
    mergeTallies(this.#tallies, findings.tallies);
    mergeTallies(this.#shadowTallies, findings.shadowTallies);
    this.#faults.push(...findings.faults);
  }

  get whole(): ChunkFindings {
    return {
      movements: this.#movements,
      alerts: this.#alerts,
      hits: this.#hits,
      tallies: this.#tallies,
      shadowHits: this.#shadowHits,
      shadowTallies: this.#shadowTallies,
      faults: this.#faults,
    };
  }
}

function mergeHits(into: Map<string, RuleHit>, from: ReadonlyMap<string, RuleHit>): void {
  for (const [key, hit] of from) {
    const known = into.get(key);
    if (!known) {
      into.set(key, hit);
      continue;
    }
    known.lastAtMs = Math.max(known.lastAtMs, hit.lastAtMs);
    if (BigInt(hit.value) >= BigInt(known.value)) {
      known.outcome = hit.outcome;
      known.reason = hit.reason;
      known.from = hit.from;
      known.value = hit.value;
    }
    known.count += hit.count;
    if (known.currency === hit.currency) known.amountMinor += hit.amountMinor;
    else known.currency = null;
    known.transactions.push(...hit.transactions.slice(0, Math.max(0, TRANSACTIONS_MAX - known.transactions.length)));
  }
}

function mergeTallies(into: Map<string, RuleTally>, from: ReadonlyMap<string, RuleTally>): void {
  for (const [name, tally] of from) {
    const known = into.get(name);
    if (!known) {
      into.set(name, { ...tally });
      continue;
    }
    known.clear += tally.clear;
    known.hits += tally.hits;
    known.notEvaluable += tally.notEvaluable;
  }
}
