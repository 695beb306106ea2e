/** Whether a case's content may be deleted: a hold stands until one person has asked to lift it and another has agreed. */
export type HoldState = { readonly kind: 'none' } | { readonly kind: 'held' } | { readonly kind: 'lift-asked'; readonly by: string };

export type HoldStep = { readonly kind: 'place' | 'ask-lift' | 'lift' | 'keep'; readonly by: string };
export const HOLD_REFUSALS = ['already-held', 'not-held', 'lift-already-asked', 'lift-not-asked', 'lift-same-person'] as const;
export type HoldRefusal = (typeof HOLD_REFUSALS)[number];
export type HoldStepped = { readonly kind: 'stepped'; readonly to: HoldState } | { readonly kind: 'refused'; readonly reason: HoldRefusal };

/** One step of a legal hold. Anybody on the case may keep it, also who asked to lift it. */
export function holdStep(state: HoldState, step: HoldStep): HoldStepped {
  if (step.kind === 'place') return state.kind === 'none' ? stepped({ kind: 'held' }) : refused('already-held');
  if (state.kind === 'none') return refused('not-held');
  if (step.kind === 'ask-lift') return state.kind === 'held' ? stepped({ kind: 'lift-asked', by: step.by }) : refused('lift-already-asked');
  if (state.kind !== 'lift-asked') return refused('lift-not-asked');
  if (step.kind === 'keep') return stepped({ kind: 'held' });
  return step.by === state.by ? refused('lift-same-person') : stepped({ kind: 'none' });
}

function stepped(to: HoldState): HoldStepped {
  return { kind: 'stepped', to };
}

function refused(reason: HoldRefusal): HoldStepped {
  return { kind: 'refused', reason };
}
