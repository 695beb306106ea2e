/** An institution named in the sentence. `since` is when its state began. */
export type Subject = { readonly id: number; readonly since: Date };

export type PlatformFacts = {
  /** Newest data, or null on a platform that never received any. */
  readonly dataAt: Date | null;
  /** How far the monitor is behind what the gateway accepted, in milliseconds. */
  readonly lagMs: number;
  /** Payments of the same span now and a week ago; before is null where there was no platform yet. */
  readonly payments: { readonly now: bigint; readonly before: bigint | null };
  /** 1 − technical failures ÷ all, in parts per million; null without payments. */
  readonly systemSuccessPpm: number | null;
  readonly down: readonly Subject[];
  readonly silent: readonly Subject[];
  readonly degraded: readonly Subject[];
  /** Buckets whose roll-up did not equal its rows at the last reconciliation. */
  readonly mismatches: number;
};

export type Severity = 'critical' | 'major' | 'minor' | 'info';
export type StateKind = 'down' | 'silent' | 'degraded';
export type Clause =
  | { readonly key: 'one'; readonly state: StateKind; readonly subject: Subject }
  | { readonly key: 'many'; readonly state: StateKind; readonly count: number }
  | { readonly key: 'mismatch'; readonly count: number };
export type Opening =
  | { readonly key: 'empty' }
  | { readonly key: 'behind'; readonly lagMs: number }
  | { readonly key: 'failing'; readonly systemSuccessPpm: number }
  | { readonly key: 'idle' }
  | { readonly key: 'steady'; readonly traffic: 'level' | 'alone' }
  | { readonly key: 'steady'; readonly traffic: 'above' | 'below'; readonly percent: number };
export type StateSentence = { readonly severity: Severity; readonly opening: Opening; readonly clauses: readonly Clause[] };

/** Below this share of payments processed, the platform itself is what is wrong. */
export const FAILING_PPM = 990_000;
/** Traffic within this many percent of a week ago is level with it. */
export const LEVEL_PERCENT = 5;
const BEHIND_MS = 60_000;
/** The sentence stays one line: the worst two things only, the tiles and the mosaic say the rest. */
const CLAUSES_MAX = 2;

/** The state of the platform in one sentence: what is well first, then what is not, worst first. */
export function stateSentence(facts: PlatformFacts): StateSentence {
  if (!facts.dataAt) return { severity: 'info', opening: { key: 'empty' }, clauses: [] };
  const clauses = [
    ...stateClause('down', facts.down),
    ...(facts.mismatches > 0 ? [{ key: 'mismatch', count: facts.mismatches } as const] : []),
    ...stateClause('silent', facts.silent),
    ...stateClause('degraded', facts.degraded),
  ].slice(0, CLAUSES_MAX);
  const opening = openingOf(facts);
  return { severity: severityOf(facts, opening), opening, clauses };
}

function stateClause(state: StateKind, subjects: readonly Subject[]): Clause[] {
  const [subject] = subjects;
  if (!subject) return [];
  return subjects.length === 1 ? [{ key: 'one', state, subject }] : [{ key: 'many', state, count: subjects.length }];
}

function openingOf({ lagMs, payments, systemSuccessPpm }: PlatformFacts): Opening {
  if (lagMs > BEHIND_MS) return { key: 'behind', lagMs };
  if (systemSuccessPpm === null) return { key: 'idle' };
  if (systemSuccessPpm < FAILING_PPM) return { key: 'failing', systemSuccessPpm };
  if (payments.before === null || payments.before === 0n) return { key: 'steady', traffic: 'alone' };
  const tenths = Number(((payments.now - payments.before) * 1000n) / payments.before);
  if (Math.abs(tenths) <= LEVEL_PERCENT * 10) return { key: 'steady', traffic: 'level' };
  return { key: 'steady', traffic: tenths > 0 ? 'above' : 'below', percent: Math.round(Math.abs(tenths) / 10) };
}

function severityOf(facts: PlatformFacts, opening: Opening): Severity {
  if (opening.key === 'failing' || facts.mismatches > 0 || facts.down.length > 1) return 'critical';
  if (opening.key === 'behind' || facts.down.length > 0 || facts.silent.length > 0) return 'major';
  return facts.degraded.length > 0 || opening.key === 'idle' ? 'minor' : 'info';
}
