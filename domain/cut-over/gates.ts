/** Shares of traffic that a cell is moved to step by step, in per cent. 0: nothing may be moved yet. */
export const GATES = [0, 1, 10, 50, 100] as const;
export type Gate = (typeof GATES)[number];

export const GATE_EVENTS = [
  'advance-requested',
  'advanced',
  'thaw-requested',
  'thawed',
  'refused',
  'withdrawn',
  'frozen',
  'rolled-back',
] as const;
export type GateEventKind = (typeof GATE_EVENTS)[number];
/** What somebody did about a cell; `gate` is where an advance or a roll-back leads. */
export type GateEvent = { readonly kind: GateEventKind; readonly gate: Gate | null; readonly actorId: string };

export type Pending = { readonly kind: 'advance' | 'thaw'; readonly gate: Gate | null; readonly requestedBy: string };
export type GateState = { readonly gate: Gate; readonly frozen: boolean; readonly pending: Pending | null };
export const FIRST_STATE: GateState = { gate: 0, frozen: false, pending: null };

/** What a person wants to do. */
export type GateAction =
  | { readonly kind: 'request-advance'; readonly unmet: readonly GateCondition[] }
  | { readonly kind: 'request-thaw' }
  | { readonly kind: 'approve'; readonly unmet: readonly GateCondition[] }
  | { readonly kind: 'refuse' }
  | { readonly kind: 'withdraw' }
  | { readonly kind: 'freeze' }
  | { readonly kind: 'roll-back'; readonly to: Gate };

export const GATE_REFUSALS = [
  'frozen',
  'not-frozen',
  'already-pending',
  'nothing-pending',
  'same-person',
  'other-person',
  'last-gate',
  'not-lower',
  'conditions-unmet',
] as const;
export type GateRefusal = (typeof GATE_REFUSALS)[number];
export type GateDecision =
  | { readonly kind: 'event'; readonly event: GateEvent }
  | { readonly kind: 'refused'; readonly reason: GateRefusal };

/**
 * Whether a person may do something in a state, and what then has happened. Forward takes two people and met conditions; back and to a
 * stand takes one, at once, whatever else is under way: what is safe must never wait.
 */
export function decideGate(state: GateState, action: GateAction, actorId: string): GateDecision {
  const event = (kind: GateEventKind, gate: Gate | null): GateDecision => ({ kind: 'event', event: { kind, gate, actorId } });
  const refused = (reason: GateRefusal): GateDecision => ({ kind: 'refused', reason });
  switch (action.kind) {
    case 'request-advance': {
      const next = nextGate(state.gate);
      if (state.frozen) return refused('frozen');
      if (state.pending) return refused('already-pending');
      if (next === undefined) return refused('last-gate');
      return action.unmet.length > 0 ? refused('conditions-unmet') : event('advance-requested', next);
    }
    case 'request-thaw':
      if (!state.frozen) return refused('not-frozen');
      return state.pending ? refused('already-pending') : event('thaw-requested', null);
    case 'approve':
      if (!state.pending) return refused('nothing-pending');
      if (state.pending.requestedBy === actorId) return refused('same-person');
      if (state.pending.kind === 'thaw') return event('thawed', null);
      // What was met when somebody asked may have changed since.
      return action.unmet.length > 0 ? refused('conditions-unmet') : event('advanced', state.pending.gate);
    case 'refuse':
      if (!state.pending) return refused('nothing-pending');
      return state.pending.requestedBy === actorId ? refused('same-person') : event('refused', null);
    case 'withdraw':
      if (!state.pending) return refused('nothing-pending');
      return state.pending.requestedBy === actorId ? event('withdrawn', null) : refused('other-person');
    case 'freeze':
      return state.frozen ? refused('frozen') : event('frozen', null);
    case 'roll-back':
      return action.to < state.gate ? event('rolled-back', action.to) : refused('not-lower');
  }
}

/** The state after everything that was done. Throws on a history that no decision allows: it was tampered with. */
export function gateState(events: Iterable<GateEvent>): GateState {
  let state = FIRST_STATE;
  for (const event of events) state = afterGateEvent(state, event);
  return state;
}

export function afterGateEvent(state: GateState, { kind, gate, actorId }: GateEvent): GateState {
  const { pending } = state;
  const must = (holds: boolean) => {
    if (!holds) throw new Error(`no cell at gate ${state.gate} can have "${kind}" happen to it`);
  };
  switch (kind) {
    case 'advance-requested':
      must(!state.frozen && !pending && gate !== null && gate === nextGate(state.gate));
      return { ...state, pending: { kind: 'advance', gate, requestedBy: actorId } };
    case 'thaw-requested':
      must(state.frozen && !pending);
      return { ...state, pending: { kind: 'thaw', gate: null, requestedBy: actorId } };
    case 'advanced':
      must(pending?.kind === 'advance' && pending.gate === gate && pending.requestedBy !== actorId && !state.frozen);
      return { ...state, gate: gate as Gate, pending: null };
    case 'thawed':
      must(pending?.kind === 'thaw' && pending.requestedBy !== actorId);
      return { ...state, frozen: false, pending: null };
    case 'refused':
      must(pending !== null && pending.requestedBy !== actorId);
      return { ...state, pending: null };
    case 'withdrawn':
      must(pending !== null && pending.requestedBy === actorId);
      return { ...state, pending: null };
    case 'frozen':
      must(!state.frozen);
      return { ...state, frozen: true, pending: null };
    case 'rolled-back':
      must(gate !== null && gate < state.gate);
      // A request that was made from another gate asks for nothing any more; one to thaw still does.
      return { ...state, gate: gate as Gate, pending: pending?.kind === 'thaw' ? pending : null };
  }
}

export function nextGate(gate: Gate): Gate | undefined {
  return GATES[GATES.indexOf(gate) + 1];
}

export const GATE_CONDITIONS = ['share-below-gate', 'bank-not-reported', 'institution-not-declared', 'coverage-below'] as const;
export type GateCondition = (typeof GATE_CONDITIONS)[number];

/** What keeps a cell from its next gate: it must really stand where it says, both sides must speak, and the last gate wants the agreements moved. */
export function unmetConditions(
  gate: Gate,
  seen: {
    /** Of the last closed days, in millionths. */
    readonly share: number | null;
    readonly bankDeclared: boolean;
    readonly institutionDeclared: boolean;
    readonly coverage: number | null;
    readonly coverageMinPercent: number;
  },
): GateCondition[] {
  const unmet: GateCondition[] = [];
  if (gate > 0 && (seen.share ?? 0) < gate * 10_000) unmet.push('share-below-gate');
  if (!seen.bankDeclared) unmet.push('bank-not-reported');
  if (!seen.institutionDeclared) unmet.push('institution-not-declared');
  if (nextGate(gate) === 100 && seen.coverage !== null && seen.coverage < seen.coverageMinPercent * 10_000) unmet.push('coverage-below');
  return unmet;
}
