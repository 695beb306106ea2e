import type { CaseStatus } from './case-state';

export const CASE_PARTS = ['lead', 'member', 'supervisor'] as const;
/** What a person is on a case. The lead is whom it is assigned to; the supervisor answers for it. Nobody else sees it. */
export type CasePart = (typeof CASE_PARTS)[number];

type PartChange = {
  readonly by: CasePart;
  readonly status: CaseStatus;
  readonly before: CasePart | 'none';
  readonly to: CasePart | 'none';
};
export type PartRefusal = 'not-your-part' | 'lead-stays' | 'supervisor-stays';

/** What keeps a person's part from changing; null where nothing does. `isSupervised`: somebody supervises the case at present. */
export function partObstacle({ by, status, before, to }: PartChange, isSupervised: boolean): PartRefusal | null {
  if (by === 'member') return 'not-your-part';
  if (before === 'lead') return 'lead-stays';
  // Whoever answers for what is under review is not exchanged before it is decided.
  if (status === 'in-review' && (before === 'supervisor' || (to === 'supervisor' && isSupervised))) return 'supervisor-stays';
  return null;
}
