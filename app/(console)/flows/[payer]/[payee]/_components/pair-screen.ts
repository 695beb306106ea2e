import type { AlignedRange } from '@/domain/flows/aligned-range';
import type { FlowLinkBase } from '@/domain/flows/flow-links';
import type { FlowView } from '@/domain/flows/flow-view';
import type { Compare } from '@/domain/time-range';
import type { PageContext } from '@/server/page-context';
import type { FlowInstitution } from '@/server/queries/flows/flow-institutions';
import type { Actor } from '@/server/session';

/** What every region of the pair page is made from. */
export type PairScreen = {
  readonly actor: Actor;
  readonly context: PageContext;
  readonly aligned: AlignedRange;
  /** `none` also where the earlier span was not recorded. */
  readonly compare: Compare;
  readonly view: FlowView;
  readonly payer: FlowInstitution;
  readonly payee: FlowInstitution;
  readonly base: FlowLinkBase;
};
