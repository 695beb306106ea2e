import 'server-only';
import { type AlignedRange, alignToHours, isRecorded } from '@/domain/flows/aligned-range';
import { type Axes, busiestAxes, onAxes } from '@/domain/flows/axes';
import type { FlowView } from '@/domain/flows/flow-view';
import { type ImpliedSides, impliedSides } from '@/domain/flows/implied-side';
import type { PairFlow } from '@/domain/flows/pair-flow';
import type { Compare } from '@/domain/time-range';
import type { PageContext } from '@/server/page-context';
import { firstRecorded } from '@/server/queries/flows/first-recorded';
import { type FlowInstitution, flowInstitutions } from '@/server/queries/flows/flow-institutions';
import { pairFlows } from '@/server/queries/flows/pair-flows';
import { sharedAnswer } from '@/server/queries/flows/shared-answer';
import type { Actor } from '@/server/session';

/** Lines an edge of the matrix: with more, a line is thinner than a pixel and a half of a common screen. */
export const LINE_LIMIT = 480;

export type FlowPicture = {
  readonly aligned: AlignedRange;
  /** What to compare with: `none` also where the earlier span was not recorded. */
  readonly compare: Compare;
  readonly axes: Axes;
  /** Whether nobody chose the axes. */
  readonly byTraffic: boolean;
  /** Pairs that went silent are among them: a fall to nothing is a change too. */
  readonly flows: readonly PairFlow[];
  /** Sides that a link to all of it need not name. */
  readonly implied: ImpliedSides;
  readonly institutions: ReadonlyMap<number, FlowInstitution>;
};

/** The flows that a view draws. Without a choice of axes the matrix opens with the busiest pair of kinds, the others with everything. */
export async function flowPicture(actor: Actor, context: PageContext, view: FlowView): Promise<FlowPicture> {
  const aligned = alignToHours({
    choice: context.choice,
    range: context.range,
    compare: context.compare,
    dataAt: context.dataAt ?? new Date(),
  });
  const [all, institutions, first] = await Promise.all([
    sharedAnswer(JSON.stringify([actor.institutionId, { ...aligned, rows: null }, context.currency, view.types]), () =>
      pairFlows(actor, { aligned, currency: context.currency, types: view.types }),
    ),
    flowInstitutions(actor, { locale: context.locale }),
    firstRecorded(actor, { currency: context.currency }),
  ]);
  const kindOf = (id: number) => institutions.get(id)?.kind ?? 'external';
  const traffic = () => all.map((flow) => ({ payer: kindOf(flow.payerId), payee: kindOf(flow.payeeId), payments: flow.succeeded }));
  const axes = view.axes ?? (view.view === 'matrix' ? busiestAxes(traffic()) : 'all');
  const flows = all.filter((flow) => onAxes(axes, kindOf(flow.payerId), kindOf(flow.payeeId)));
  const compare = isRecorded(aligned.before, first) ? context.compare : 'none';
  return {
    aligned,
    compare,
    axes,
    implied: impliedSides(all, flows),
    byTraffic: view.axes === undefined && view.view === 'matrix',
    flows,
    institutions,
  };
}
