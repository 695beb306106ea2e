export const VERSION_STATES = ['draft', 'requested', 'shadow', 'active', 'retired'] as const;
export type VersionState = (typeof VERSION_STATES)[number];
export type VersionAct = 'request' | 'approve' | 'reject' | 'shadow' | 'withdraw';
export type VersionRefusal = 'not-now' | 'same-person' | 'changed-since';
export type VersionStep =
  | { readonly kind: 'done'; readonly state: VersionState }
  | { readonly kind: 'refused'; readonly reason: VersionRefusal };

type Standing = { readonly state: VersionState; readonly requestedBy: string | null; readonly payloadHash: string };
type Acting = { readonly act: VersionAct; readonly by: string /** What the person saw. */; readonly seenHash: string };

/**
 * What a step makes of a version. A shadow raises nothing, so one person may start it; what is in force takes a second person, who approves
 * exactly the definition that was requested.
 */
export function versionStep({ state, requestedBy, payloadHash }: Standing, { act, by, seenHash }: Acting): VersionStep {
  const refused = (reason: VersionRefusal): VersionStep => ({ kind: 'refused', reason });
  const done = (next: VersionState): VersionStep => ({ kind: 'done', state: next });
  if (seenHash !== payloadHash) return refused('changed-since');
  switch (act) {
    case 'shadow':
      return state === 'draft' ? done('shadow') : refused('not-now');
    case 'request':
      return state === 'draft' || state === 'shadow' ? done('requested') : refused('not-now');
    case 'withdraw':
      return state === 'requested' || state === 'shadow' ? done('draft') : refused('not-now');
    case 'approve':
    case 'reject':
      if (state !== 'requested') return refused('not-now');
      if (requestedBy === by) return refused('same-person');
      return done(act === 'approve' ? 'active' : 'draft');
  }
}
