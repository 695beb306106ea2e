import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type VersionAct, type VersionState, versionStep } from './version-step';

const HOLDS = { effectiveFrom: '2026-01-01', effectiveTo: null, isSwitchedOff: false };
const today = '2026-11-23';
const ACTS: readonly VersionAct[] = ['request', 'approve', 'reject', 'shadow', 'withdraw'];

test('whatever two people try, a version is in force only if one asked for it and the other approved what was asked for', () => {
  const step = fc.record({ act: fc.constantFrom(...ACTS), by: fc.constantFrom('ann', 'bo'), seenHash: fc.constantFrom('h', 'other') });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 15 }), (steps) => {
      let at: { state: VersionState; requestedBy: string | null } = { state: 'draft', requestedBy: null };
      for (const one of steps) {
        const taken = versionStep({ ...HOLDS, ...at, payloadHash: 'h' }, { ...one, today });
        if (taken.kind === 'refused') continue;
        if (taken.state === 'active') {
          expect(at.state).toBe('requested');
          expect(at.requestedBy).not.toBe(one.by);
          expect(one.seenHash).toBe('h');
        }
        at = { state: taken.state, requestedBy: taken.state === 'requested' ? one.by : taken.state === 'active' ? at.requestedBy : null };
      }
    }),
  );
});

test('what is in force or retired takes no further step', () => {
  for (const state of ['active', 'retired'] as const)
    for (const act of ACTS)
      expect(versionStep({ ...HOLDS, state, requestedBy: 'ann', payloadHash: 'h' }, { act, by: 'bo', seenHash: 'h', today }).kind).toBe(
        'refused',
      );
});

test.each([
  [{ effectiveFrom: '2026-11-24' }, 'not-yet'],
  [{ effectiveTo: '2026-11-23' }, 'over'],
  [{ isSwitchedOff: true }, 'switched-off'],
] as const)('what would leave no rule in force is not approved: %o', (changes, reason) => {
  const standing = { ...HOLDS, ...changes, state: 'requested', requestedBy: 'ann', payloadHash: 'h' } as const;
  const acting = { by: 'bo', seenHash: 'h', today };
  expect(versionStep(standing, { ...acting, act: 'approve' })).toEqual({ kind: 'refused', reason });
  expect(versionStep(standing, { ...acting, act: 'reject' })).toEqual({ kind: 'done', state: 'draft' });
});

test('a version that was switched off is not asked for again', () => {
  const standing = { ...HOLDS, isSwitchedOff: true, state: 'shadow', requestedBy: null, payloadHash: 'h' } as const;
  expect(versionStep(standing, { act: 'request', by: 'ann', seenHash: 'h', today })).toEqual({ kind: 'refused', reason: 'switched-off' });
});
