import type { BoardAxis } from '@/domain/overview/board-axis';
import type { RollupWindow } from '@/domain/overview/rollup-window';
import type { PageContext } from '@/server/page-context';
import type { InstitutionIdentity } from '@/server/queries/institutions/institution-identity';

/** What every region of an institution's page is about. */
export type Shared = {
  readonly identity: InstitutionIdentity;
  readonly context: PageContext;
  readonly window: RollupWindow;
  readonly axis: BoardAxis;
};
