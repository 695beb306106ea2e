import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterGateEvent, decideGate, FIRST_STATE, GATES, type GateAction, type GateEvent, gateState, nextGate } from './gates';

const someAction: fc.Arbitrary<GateAction> = fc.oneof(
  fc.record({ kind: fc.constant('request-advance' as const), unmet: fc.constantFrom([], [], ['bank-not-reported' as const]) }),
  fc.record({ kind: fc.constant('approve' as const), unmet: fc.constantFrom([], [], ['bank-not-reported' as const]) }),
  fc.record({ kind: fc.constantFrom('request-thaw' as const, 'refuse' as const, 'withdraw' as const, 'freeze' as const) }),
  fc.record({ kind: fc.constant('roll-back' as const), to: fc.constantFrom(...GATES) }),
);
const someSteps = fc.array(fc.tuple(someAction, fc.constantFrom('ann', 'bob', 'cem')), { maxLength: 60 });

describe('gates', () => {
  test('whatever people try, traffic goes forward one gate at a time, never while frozen, and only by two people', () => {
    fc.assert(
      fc.property(someSteps, (steps) => {
        let state = FIRST_STATE;
        const events: GateEvent[] = [];
        for (const [action, actor] of steps) {
          const before = state;
          const decision = decideGate(state, action, actor);
          if (decision.kind === 'refused') continue;
          state = afterGateEvent(state, decision.event);
          events.push(decision.event);
          if (state.gate > before.gate) {
            expect(state.gate).toBe(nextGate(before.gate));
            expect(before.frozen).toBe(false);
            expect(before.pending?.requestedBy).not.toBe(actor);
          }
          if (before.frozen && !state.frozen) expect(before.pending?.requestedBy).not.toBe(actor);
        }
        expect(gateState(events)).toEqual(state);
      }),
      { numRuns: 1_000 },
    );
  });

  test('freezing and going back never wait: one person can, from any state that can be reached', () => {
    fc.assert(
      fc.property(someSteps, (steps) => {
        let state = FIRST_STATE;
        for (const [action, actor] of steps) {
          const decision = decideGate(state, action, actor);
          if (decision.kind === 'event') state = afterGateEvent(state, decision.event);
        }
        expect(decideGate(state, { kind: 'freeze' }, 'dan').kind).toBe(state.frozen ? 'refused' : 'event');
        for (const to of GATES)
          expect(decideGate(state, { kind: 'roll-back', to }, 'dan').kind).toBe(to < state.gate ? 'event' : 'refused');
      }),
    );
  });

  test('a history that no decision allows is not believed', () => {
    expect(() => gateState([{ kind: 'advanced', gate: 100, actorId: 'ann' }])).toThrow();
    expect(() =>
      gateState([
        { kind: 'advance-requested', gate: 1, actorId: 'ann' },
        { kind: 'advanced', gate: 1, actorId: 'ann' },
      ]),
    ).toThrow();
  });
});
