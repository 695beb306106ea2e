import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClosingFacts, type ClosingState, type ClosingStep, closingObstacles, closingStep } from './closing';

const fine: ClosingFacts = {
  cutOffAtMs: 100,
  nowMs: 200,
  dataAtMs: 150,
  sums: [0n],
  openBreaks: 0,
  rowsAgree: true,
  agent: 'not-required',
};

describe('closing', () => {
  test('needs one person to propose and another to confirm', () => {
    const proposed = closingStep({ kind: 'awaiting' }, { kind: 'propose', by: 'a', digest: 'x' }, fine);
    expect(proposed).toEqual({ kind: 'stepped', to: { kind: 'proposed', by: 'a', digest: 'x' } });
    const state: ClosingState = { kind: 'proposed', by: 'a', digest: 'x' };
    expect(closingStep(state, { kind: 'confirm', by: 'a', digest: 'x' }, fine)).toEqual({ kind: 'refused', reason: 'same-person' });
    expect(closingStep(state, { kind: 'reject', by: 'a' }, fine)).toEqual({ kind: 'refused', reason: 'same-person' });
    expect(closingStep(state, { kind: 'withdraw', by: 'b' }, fine)).toEqual({ kind: 'refused', reason: 'not-the-proposer' });
    expect(closingStep(state, { kind: 'confirm', by: 'b', digest: 'y' }, fine)).toEqual({ kind: 'refused', reason: 'changed-since' });
    expect(closingStep(state, { kind: 'confirm', by: 'b', digest: 'x' }, fine)).toEqual({
      kind: 'stepped',
      to: { kind: 'closed', proposedBy: 'a', confirmedBy: 'b' },
    });
  });

  test('waits for the cut-off, for the data, for the balance, for the breaks and for the agent', () => {
    expect(closingObstacles({ ...fine, nowMs: 99 })).toEqual(['not-cut-off']);
    expect(closingObstacles({ ...fine, dataAtMs: 99 })).toEqual(['data-behind']);
    expect(closingObstacles({ ...fine, sums: [0n, 1n], rowsAgree: false, openBreaks: 2, agent: 'open' })).toEqual([
      'unbalanced',
      'rows-differ',
      'open-breaks',
      'not-confirmed-by-agent',
    ]);
    expect(closingObstacles(fine)).toEqual([]);
  });

  test('whatever people do, a closed session was balanced, proposed by one and confirmed by another, and stays closed', () => {
    const people = fc.constantFrom('a', 'b', 'c');
    const digests = fc.constantFrom('x', 'y');
    const steps: fc.Arbitrary<ClosingStep> = fc.oneof(
      fc.record({ kind: fc.constant('propose' as const), by: people, digest: digests }),
      fc.record({ kind: fc.constant('withdraw' as const), by: people }),
      fc.record({ kind: fc.constant('reject' as const), by: people }),
      fc.record({ kind: fc.constant('confirm' as const), by: people, digest: digests }),
    );
    const facts = fc.constantFrom(fine, { ...fine, sums: [1n] }, { ...fine, openBreaks: 1 }, { ...fine, nowMs: 1 });
    fc.assert(
      fc.property(fc.array(fc.tuple(steps, facts), { maxLength: 30 }), (history) => {
        let state: ClosingState = { kind: 'awaiting' };
        for (const [step, now] of history) {
          const before: ClosingState = state;
          const stepped = closingStep(before, step, now);
          if (stepped.kind === 'refused') continue;
          state = stepped.to;
          expect(before.kind).not.toBe('closed');
          if (state.kind !== 'closed') continue;
          expect(state.proposedBy).not.toBe(state.confirmedBy);
          expect(closingObstacles(now)).toEqual([]);
          expect(before).toMatchObject({ kind: 'proposed', digest: (step as { digest: string }).digest });
        }
      }),
    );
  });
});
