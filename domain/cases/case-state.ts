export const CASE_STATUSES = ['open', 'in-review', 'closed', 'reopened'] as const;
export type CaseStatus = (typeof CASE_STATUSES)[number];

/** What a case came to: the suspicion holds, does not hold, went to another authority, or calls for nothing more. */
export const CASE_FINDINGS = ['substantiated', 'unsubstantiated', 'referred', 'no-action'] as const;
export type CaseFinding = (typeof CASE_FINDINGS)[number];

/** Where a case stands. `hash` is of everything in the case at the moment of the proposal. */
export type CaseState =
  | { readonly kind: 'open' | 'reopened' }
  | { readonly kind: 'in-review'; readonly by: string; readonly hash: string; readonly from: 'open' | 'reopened' }
  | { readonly kind: 'closed'; readonly proposedBy: string; readonly closedBy: string; readonly hash: string };

export type CaseStep = {
  readonly kind: 'propose' | 'withdraw' | 'reject' | 'close' | 'reopen';
  readonly by: string;
  /** What is in the case when the step is taken. */
  readonly hash: string;
};

export const CASE_REFUSALS = [
  'checks-open',
  'no-supervisor',
  'already-proposed',
  'nothing-proposed',
  'same-person',
  'not-the-proposer',
  'changed-since',
  'already-closed',
  'not-closed',
] as const;
export type CaseRefusal = (typeof CASE_REFUSALS)[number];

/** What has to be so before a case can be proposed for closing. */
export type CaseFacts = { readonly openChecks: number; readonly supervised: boolean };

export type CaseStepped = { readonly kind: 'stepped'; readonly to: CaseState } | { readonly kind: 'refused'; readonly reason: CaseRefusal };

/** Whatever keeps a case from being proposed for closing, in the order in which it is mended. */
export function closingObstacles({ openChecks, supervised }: CaseFacts): readonly CaseRefusal[] {
  return [...(supervised ? [] : (['no-supervisor'] as const)), ...(openChecks > 0 ? (['checks-open'] as const) : [])];
}

/** Whether what belongs to the case may change: under review and closed it stands still. */
export function isWorkable(status: CaseStatus): boolean {
  return status === 'open' || status === 'reopened';
}

/**
 * One step of a case's life. Who proposed to close it can withdraw; only another person can close it or send it back, and only while it is
 * what was proposed and somebody supervises it. A closed case is reopened, never changed.
 */
export function caseStep(state: CaseState, step: CaseStep, facts: CaseFacts): CaseStepped {
  if (step.kind === 'reopen') return state.kind === 'closed' ? stepped({ kind: 'reopened' }) : refused('not-closed');
  if (state.kind === 'closed') return refused('already-closed');
  if (step.kind === 'propose') {
    if (state.kind === 'in-review') return refused('already-proposed');
    const [obstacle] = closingObstacles(facts);
    return obstacle ? refused(obstacle) : stepped({ kind: 'in-review', by: step.by, hash: step.hash, from: state.kind });
  }
  if (state.kind !== 'in-review') return refused('nothing-proposed');
  if (step.kind === 'withdraw') return step.by === state.by ? stepped({ kind: state.from }) : refused('not-the-proposer');
  if (step.by === state.by) return refused('same-person');
  if (step.kind === 'reject') return stepped({ kind: state.from });
  if (step.hash !== state.hash) return refused('changed-since');
  if (!facts.supervised) return refused('no-supervisor');
  return stepped({ kind: 'closed', proposedBy: state.by, closedBy: step.by, hash: step.hash });
}

function stepped(to: CaseState): CaseStepped {
  return { kind: 'stepped', to };
}

function refused(reason: CaseRefusal): CaseStepped {
  return { kind: 'refused', reason };
}
