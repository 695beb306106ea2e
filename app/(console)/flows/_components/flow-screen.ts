import type { FlowView } from '@/domain/flows/flow-view';
import type { PageContext } from '@/server/page-context';
import type { Actor } from '@/server/session';
import type { FlowParams } from './flow-address';
import type { FlowPicture } from './flow-picture';

/** What every view of the flows is made from. */
export type FlowScreen = {
  readonly actor: Actor;
  readonly picture: FlowPicture;
  readonly context: PageContext;
  readonly params: FlowParams;
  readonly view: FlowView;
};
