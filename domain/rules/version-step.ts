export const VERSION_STATES = ['draft', 'requested', 'shadow', 'active', 'retired'] as const;
export type VersionState = (typeof VERSION_STATES)[number];
export type VersionAct = 'request' | 'approve' | 'reject' | 'shadow' | 'withdraw';
export type VersionRefusal = 'not-now' | 'same-person' | 'changed-since' | 'not-yet' | 'over' | 'switched-off';
export type VersionStep =
  | { readonly kind: 'done'; readonly state: VersionState }
  | { readonly kind: 'refused'; readonly reason: VersionRefusal };

type Standing = {
  readonly state: VersionState;
  readonly requestedBy: string | null;
  readonly payloadHash: string;
  /** Days, YYYY-MM-DD: it holds from the one until before the other. */
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
  readonly isSwitchedOff: boolean;
};
type Acting = {
  readonly act: VersionAct;
  readonly by: string /** What the person saw. */;
  readonly seenHash: string /** The business day. */;
  readonly today: string;
};

/**
 * What a step makes of a version. A shadow raises nothing, so one person may start it; what is in force takes a second person, who approves
 * exactly the definition that was requested, and only while it holds: otherwise it would leave no rule in force.
 */
export function versionStep(standing: Standing, { act, by, seenHash, today }: Acting): VersionStep {
  const { state, requestedBy, payloadHash, effectiveFrom, effectiveTo, isSwitchedOff } = standing;
  const refused = (reason: VersionRefusal): VersionStep => ({ kind: 'refused', reason });
  const done = (next: VersionState): VersionStep => ({ kind: 'done', state: next });
  if (seenHash !== payloadHash) return refused('changed-since');
  switch (act) {
    case 'shadow':
      return state === 'draft' ? done('shadow') : refused('not-now');
    case 'request':
      if (state !== 'draft' && state !== 'shadow') return refused('not-now');
      return isSwitchedOff ? refused('switched-off') : done('requested');
    case 'withdraw':
      return state === 'requested' || state === 'shadow' ? done('draft') : refused('not-now');
    case 'approve':
    case 'reject':
      if (state !== 'requested') return refused('not-now');
      if (requestedBy === by) return refused('same-person');
      if (act === 'reject') return done('draft');
      if (isSwitchedOff) return refused('switched-off');
      if (effectiveFrom > today) return refused('not-yet');
      return effectiveTo !== null && effectiveTo <= today ? refused('over') : done('active');
  }
}
