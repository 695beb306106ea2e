import type { InstitutionStateName } from './institution-state';
import type { Severity } from './state-sentence';

export type StateChange = {
  readonly institutionId: number;
  readonly state: InstitutionStateName;
  readonly since: Date;
  readonly worstLayer: string | null;
};
export type Check = {
  readonly tier: string;
  readonly finishedAt: Date;
  readonly buckets: number;
  readonly rawCount: bigint;
  readonly rollupCount: bigint;
  readonly mismatches: number;
};
export type Burst = { readonly institutionId: number | null; readonly reason: string; readonly lines: number; readonly lastAt: Date };

export type Notice = { readonly severity: Severity; readonly at: Date } & (
  | ({ readonly kind: 'state' } & StateChange)
  /** So many institutions that the monitor knows nothing of yet. */
  | { readonly kind: 'unheard'; readonly institutions: number }
  | ({ readonly kind: 'check' } & Check)
  | { readonly kind: 'books'; readonly tiers: number; readonly buckets: number }
  | ({ readonly kind: 'burst' } & Burst)
);

const RANK: Record<Severity, number> = { critical: 0, major: 1, minor: 2, info: 3 };
const STATE_SEVERITY: Record<InstitutionStateName, Severity> = {
  down: 'critical',
  silent: 'critical',
  degraded: 'major',
  unknown: 'minor',
  planned: 'info',
  up: 'info',
};
/** From this many quarantined lines of one reason in a day, somebody is sending something wrong rather than mistyping. */
const BURST_LINES = 100;
/** Up to so many institutions of unknown state are told one by one. */
const UNHEARD_APART = 3;

/** Facts of the platform as notices: worst first, newest first among equals. */
export function latestNotices(facts: {
  readonly states: readonly StateChange[];
  readonly checks: readonly Check[];
  readonly bursts: readonly Burst[];
}): Notice[] {
  const notices: Notice[] = [
    ...statesOf(facts.states),
    ...booksOf(facts.checks),
    ...facts.bursts.map(
      (burst): Notice => ({ kind: 'burst', severity: burst.lines >= BURST_LINES ? 'major' : 'minor', at: burst.lastAt, ...burst }),
    ),
  ];
  return notices.sort((a, b) => RANK[a.severity] - RANK[b.severity] || b.at.getTime() - a.at.getTime());
}

/** Each change by itself, but many institutions of which nothing is known are one notice: after a start it is all of them. */
function statesOf(states: readonly StateChange[]): Notice[] {
  const unheard = states.filter(({ state }) => state === 'unknown');
  const folded = unheard.length > UNHEARD_APART;
  const newest = unheard.map(({ since }) => since).sort((a, b) => b.getTime() - a.getTime())[0];
  return [
    ...states
      .filter(({ state }) => !folded || state !== 'unknown')
      .map((state): Notice => ({ kind: 'state', severity: STATE_SEVERITY[state.state], at: state.since, ...state })),
    ...(folded && newest ? [{ kind: 'unheard', severity: 'minor', at: newest, institutions: unheard.length } as const] : []),
  ];
}

/** A roll-up that differs from its rows is a notice of its own; those that agree are one together, as old as the oldest check. */
function booksOf(checks: readonly Check[]): Notice[] {
  const agreed = checks.filter((check) => check.mismatches === 0);
  const wrong = checks.filter((check) => check.mismatches > 0);
  const oldest = agreed.map((check) => check.finishedAt).sort((a, b) => a.getTime() - b.getTime())[0];
  const buckets = agreed.reduce((sum, check) => sum + check.buckets, 0);
  return [
    ...wrong.map((check): Notice => ({ kind: 'check', severity: 'critical', at: check.finishedAt, ...check })),
    ...(oldest ? [{ kind: 'books', severity: 'info', at: oldest, tiers: agreed.length, buckets } as const] : []),
  ];
}
