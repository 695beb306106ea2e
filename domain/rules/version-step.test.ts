import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type VersionAct, type VersionState, versionStep } from './version-step';

const ACTS: readonly VersionAct[] = ['request', 'approve', 'reject', 'shadow', 'withdraw'];

test('whatever two people try, a version is in force only if one asked for it and the other approved what was asked for', () => {
  const step = fc.record({ act: fc.constantFrom(...ACTS), by: fc.constantFrom('ann', 'bo'), seenHash: fc.constantFrom('h', 'other') });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 15 }), (steps) => {
      let at: { state: VersionState; requestedBy: string | null } = { state: 'draft', requestedBy: null };
      for (const one of steps) {
        const taken = versionStep({ ...at, payloadHash: 'h' }, one);
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
      expect(versionStep({ state, requestedBy: 'ann', payloadHash: 'h' }, { act, by: 'bo', seenHash: 'h' }).kind).toBe('refused');
});
