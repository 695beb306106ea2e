/** Where a session stands: it takes payments, is cut off, is proposed for closing, or is closed for good. */
export type ClosingState =
  | { readonly kind: 'collecting' }
  | { readonly kind: 'awaiting' }
  | { readonly kind: 'proposed'; readonly by: string; readonly digest: string }
  | { readonly kind: 'closed'; readonly proposedBy: string; readonly confirmedBy: string };

export type ClosingStep =
  | { readonly kind: 'propose'; readonly by: string; readonly digest: string }
  | { readonly kind: 'withdraw'; readonly by: string }
  | { readonly kind: 'reject'; readonly by: string }
  | { readonly kind: 'confirm'; readonly by: string; readonly digest: string };

/** Why a session cannot close now, or why this person cannot take this step. */
export const CLOSING_REFUSALS = [
  'not-cut-off',
  'data-behind',
  'unbalanced',
  'open-breaks',
  'rows-differ',
  'not-confirmed-by-agent',
  'already-proposed',
  'nothing-proposed',
  'same-person',
  'not-the-proposer',
  'changed-since',
  'already-closed',
] as const;
export type ClosingRefusal = (typeof CLOSING_REFUSALS)[number];

/** What the session's books say at the moment of the step. */
export type ClosingFacts = {
  readonly cutOffAtMs: number;
  readonly nowMs: number;
  /** Time of the newest payment booked; a session whose data has not passed its cut-off is not whole. */
  readonly dataAtMs: number;
  /** Σ NP by currency. */
  readonly sums: readonly bigint[];
  readonly openBreaks: number;
  /** Whether the positions equal the sum of the rows; null where that was not counted. */
  readonly rowsAgree: boolean | null;
  readonly agent: 'not-required' | 'confirmed' | 'open';
};

/** Everything that keeps the session from closing, in the order in which it is mended. */
export function closingObstacles(facts: ClosingFacts): readonly ClosingRefusal[] {
  const obstacles: ClosingRefusal[] = [];
  if (facts.nowMs < facts.cutOffAtMs) obstacles.push('not-cut-off');
  else if (facts.dataAtMs < facts.cutOffAtMs) obstacles.push('data-behind');
  if (facts.sums.some((sum) => sum !== 0n)) obstacles.push('unbalanced');
  if (facts.rowsAgree === false) obstacles.push('rows-differ');
  if (facts.openBreaks > 0) obstacles.push('open-breaks');
  if (facts.agent === 'open') obstacles.push('not-confirmed-by-agent');
  return obstacles;
}

export type Stepped =
  | { readonly kind: 'stepped'; readonly to: ClosingState }
  | { readonly kind: 'refused'; readonly reason: ClosingRefusal };

/** One step of closing. The person who proposed can withdraw; only another one can reject or confirm. */
export function closingStep(state: ClosingState, step: ClosingStep, facts: ClosingFacts): Stepped {
  if (state.kind === 'closed') return refused('already-closed');
  if (step.kind === 'propose') {
    if (state.kind === 'proposed') return refused('already-proposed');
    const [obstacle] = closingObstacles(facts);
    return obstacle ? refused(obstacle) : stepped({ kind: 'proposed', by: step.by, digest: step.digest });
  }
  if (state.kind !== 'proposed') return refused('nothing-proposed');
  if (step.kind === 'withdraw') return step.by === state.by ? stepped({ kind: 'awaiting' }) : refused('not-the-proposer');
  if (step.by === state.by) return refused('same-person');
  if (step.kind === 'reject') return stepped({ kind: 'awaiting' });
  if (step.digest !== state.digest) return refused('changed-since');
  const [obstacle] = closingObstacles(facts);
  return obstacle ? refused(obstacle) : stepped({ kind: 'closed', proposedBy: state.by, confirmedBy: step.by });
}

function stepped(to: ClosingState): Stepped {
  return { kind: 'stepped', to };
}

function refused(reason: ClosingRefusal): Stepped {
  return { kind: 'refused', reason };
}
