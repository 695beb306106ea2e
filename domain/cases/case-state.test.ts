import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type HoldState, type HoldStep, holdStep } from './case-hold';
import { type CaseFacts, type CaseState, type CaseStep, caseStep, closingObstacles, isWorkable } from './case-state';

const person = fc.constantFrom('ann', 'bo', 'cy');
const hash = fc.constantFrom('h1', 'h2');
const step: fc.Arbitrary<CaseStep> = fc.record({
  kind: fc.constantFrom('propose', 'withdraw', 'reject', 'close', 'reopen'),
  by: person,
  hash,
});
const facts: fc.Arbitrary<CaseFacts> = fc.record({ openChecks: fc.integer({ min: 0, max: 2 }), supervised: fc.boolean() });
const lives = fc.array(fc.tuple(step, facts), { maxLength: 40 });

/** Every state that a life went through, with the step that was taken. */
function walk(steps: readonly (readonly [CaseStep, CaseFacts])[]) {
  let state: CaseState = { kind: 'open' };
  return steps.flatMap(([one, given]) => {
    const before = state;
    const outcome = caseStep(state, one, given);
    if (outcome.kind === 'refused') return [];
    state = outcome.to;
    return [{ before, step: one, facts: given, after: outcome.to }];
  });
}

describe('a case', () => {
  test('is closed by somebody else than who proposed it, as it was proposed, whatever happened before', () => {
    fc.assert(
      fc.property(lives, (steps) => {
        for (const { before, after } of walk(steps))
          if (after.kind === 'closed') {
            if (before.kind !== 'in-review') throw new Error('closed without a proposal');
            expect(after.closedBy).not.toBe(after.proposedBy);
            expect([after.proposedBy, after.hash]).toEqual([before.by, before.hash]);
          }
      }),
      { numRuns: 2000 },
    );
  });

  test('is proposed only when supervised and when nothing of its checklist is open', () => {
    fc.assert(
      fc.property(lives, (steps) => {
        for (const { step: one, facts: given } of walk(steps)) if (one.kind === 'propose') expect(closingObstacles(given)).toEqual([]);
      }),
    );
  });

  test('is closed only while it is supervised', () => {
    fc.assert(
      fc.property(lives, (steps) => {
        for (const { facts: given, after } of walk(steps)) if (after.kind === 'closed') expect(given.supervised).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('goes back to where it was proposed from, and out of being closed only by being reopened', () => {
    fc.assert(
      fc.property(lives, (steps) => {
        for (const { before, after, step: one } of walk(steps)) {
          if (before.kind === 'closed') expect([one.kind, after.kind]).toEqual(['reopen', 'reopened']);
          if (before.kind === 'in-review' && after.kind !== 'closed') expect(after.kind).toBe(before.from);
        }
      }),
    );
  });

  test('refuses a step without a trace of it: asking twice gives the same answer', () => {
    fc.assert(
      fc.property(lives, step, facts, (steps, one, given) => {
        const state = walk(steps).at(-1)?.after ?? ({ kind: 'open' } as const);
        expect(caseStep(state, one, given)).toEqual(caseStep(state, one, given));
      }),
    );
  });

  test('changes only while it is worked on', () => {
    expect((['open', 'in-review', 'closed', 'reopened'] as const).filter(isWorkable)).toEqual(['open', 'reopened']);
  });
});

describe('a legal hold', () => {
  test('goes only by two people, however often it is asked', () => {
    const holds = fc.array(
      fc.record({ kind: fc.constantFrom('place' as const, 'ask-lift' as const, 'lift' as const, 'keep' as const), by: person }),
    );
    fc.assert(
      fc.property(holds, (steps: readonly HoldStep[]) => {
        let state: HoldState = { kind: 'none' };
        for (const one of steps) {
          const outcome = holdStep(state, one);
          if (outcome.kind === 'refused') continue;
          if (outcome.to.kind === 'none') {
            if (state.kind !== 'lift-asked') throw new Error('lifted unasked');
            expect(one.by).not.toBe(state.by);
          }
          state = outcome.to;
        }
      }),
      { numRuns: 2000 },
    );
  });
});
