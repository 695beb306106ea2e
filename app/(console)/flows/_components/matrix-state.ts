'use client';

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { METRICS, type Metric } from '@/domain/flows/flow-view';
import { SORTS, type Sort } from '@/domain/flows/line-order';
import { formatSelection, parseSelection, type Selection } from '@/domain/flows/selection';

export type MatrixState = {
  readonly metric: Metric;
  readonly sort: Sort;
  readonly selection: Selection | undefined;
  readonly asTable: boolean;
  readonly set: (change: { metric?: Metric; sort?: Sort; selection?: Selection | undefined; asTable?: boolean }) => void;
};

/** What the matrix shows, kept in the address: every change is a step that Back undoes. The data do not change, so the server is not asked. */
export function useMatrixState(): MatrixState {
  const [state, setState] = useQueryStates(
    {
      metric: parseAsStringLiteral(METRICS).withDefault('amount'),
      sort: parseAsStringLiteral(SORTS).withDefault('amount'),
      sel: parseAsString,
      as: parseAsStringLiteral(['table'] as const),
    },
    { history: 'push', shallow: true, scroll: false },
  );
  return {
    metric: state.metric,
    sort: state.sort,
    selection: parseSelection(state.sel),
    asTable: state.as === 'table',
    set: (change) => {
      void setState({
        ...(change.metric && { metric: change.metric }),
        // Ranks mean other institutions in another order.
        ...(change.sort && { sort: change.sort, sel: null }),
        ...('selection' in change && { sel: change.selection ? formatSelection(change.selection) : null }),
        ...('asTable' in change && { as: change.asTable ? ('table' as const) : null }),
      });
    },
  };
}
