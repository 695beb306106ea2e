import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ALERT_STATES, DISMISS_REASONS, isAnswered } from './alert-states';
import { type Triage, triageStep, UNTOUCHED } from './triage';
import type { TriageAction } from './triage-action';

const AT = new Date('2026-11-23T10:00:00Z');
const ME = '00000000-0000-4000-8000-000000000009';
const WHERE = { alertId: '7', by: ME, at: AT };
const people = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002', null] as const;
const ahead = (ms: number) => new Date(AT.getTime() + ms);

const actions: fc.Arbitrary<TriageAction> = fc.oneof(
  fc.constant({ kind: 'accept' as const }),
  fc.record({ kind: fc.constant('duplicate' as const), of: fc.constantFrom('7', '8') }),
  fc.record({ kind: fc.constant('dismiss' as const), reason: fc.constantFrom(...DISMISS_REASONS), note: fc.constantFrom('', 'why') }),
  fc.record({ kind: fc.constant('snooze' as const), until: fc.integer({ min: -5, max: 40 }).map((days) => ahead(days * 86_400_000)) }),
  fc.record({ kind: fc.constant('assign' as const), to: fc.constantFrom(...people) }),
  fc.record({ kind: fc.constant('escalate' as const), note: fc.constant('look') }),
  fc.constant({ kind: 'reopen' as const }),
);
const walked = (steps: readonly TriageAction[]): Triage =>
  steps.reduce<Triage>((at, action) => {
    const step = triageStep(at, action, WHERE);
    return step.kind === 'done' ? step.after : at;
  }, UNTOUCHED);

describe('triage', () => {
  test('whatever people do, an alert carries exactly what its state needs', () => {
    fc.assert(
      fc.property(fc.array(actions, { maxLength: 12 }), (steps) => {
        const end = walked(steps);
        expect(ALERT_STATES).toContain(end.state);
        expect(end.snoozedUntil !== null).toBe(end.state === 'snoozed');
        expect(end.reason !== null).toBe(end.state === 'dismissed');
        expect(end.duplicateOf !== null).toBe(end.state === 'duplicate');
      }),
    );
  });

  test('an answer is never overwritten by another answer, except that an accepted alert may be escalated', () => {
    fc.assert(
      fc.property(fc.array(actions, { maxLength: 12 }), actions, (steps, action) => {
        const before = walked(steps);
        const step = triageStep(before, action, WHERE);
        if (!isAnswered(before.state) || step.kind === 'refused') return;
        const stays = action.kind === 'assign' && step.after.state === before.state;
        const climbs = before.state === 'accepted' && step.after.state === 'escalated';
        expect(stays || climbs || action.kind === 'reopen').toBe(true);
      }),
    );
  });

  test('a step that is done changes something, and the owner only where it is assigned or accepted by somebody', () => {
    fc.assert(
      fc.property(fc.array(actions, { maxLength: 12 }), actions, (steps, action) => {
        const before = walked(steps);
        const step = triageStep(before, action, WHERE);
        if (step.kind === 'refused') return;
        if (action.kind !== 'snooze') expect(step.after).not.toEqual(before);
        if (action.kind === 'accept') expect(step.after.assigneeId).toBe(before.assigneeId ?? ME);
        else if (action.kind !== 'assign') expect(step.after.assigneeId).toBe(before.assigneeId);
      }),
    );
  });

  test('every alert can be reopened, and then nothing of the answer is left', () => {
    fc.assert(
      fc.property(fc.array(actions, { maxLength: 12 }), (steps) => {
        const before = walked(steps);
        const step = triageStep(before, { kind: 'reopen' }, WHERE);
        if (before.state === 'open') expect(step).toEqual({ kind: 'refused', reason: 'nothing-to-do' });
        else expect(step).toEqual({ kind: 'done', after: { ...UNTOUCHED, assigneeId: before.assigneeId } });
      }),
    );
  });

  test.each([
    ['an alert that names itself', { kind: 'duplicate', of: '7' }, 'itself'],
    ['a snooze into the past', { kind: 'snooze', until: AT }, 'snooze-range'],
    ['a snooze of more than thirty days', { kind: 'snooze', until: ahead(31 * 86_400_000) }, 'snooze-range'],
    ['another reason without a word of it', { kind: 'dismiss', reason: 'other' }, 'note-wanted'],
  ] as const)('%s is refused', (_, action, reason) => {
    expect(triageStep(UNTOUCHED, action, WHERE)).toEqual({ kind: 'refused', reason });
  });
});
