'use client';

import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { PAIR_COLUMNS, type PairColumn } from './pair-rows';

type PairSort = { readonly column: PairColumn; readonly falling: boolean };

/** Order and filter of the list of pairs, kept in the address. An order is a step that Back undoes, a letter typed is none. */
export function usePairTableState() {
  const [state, setState] = useQueryStates(
    {
      by: parseAsStringLiteral(PAIR_COLUMNS).withDefault('amount'),
      rising: parseAsBoolean.withDefault(false),
      find: parseAsString.withDefault(''),
    },
    { shallow: true, scroll: false },
  );
  // The same object while nothing changes: sorting tens of thousands of rows must not follow every scroll.
  const sort = useMemo<PairSort>(() => ({ column: state.by, falling: !state.rising }), [state.by, state.rising]);
  return {
    sort,
    setSort: ({ column, falling }: PairSort) => void setState({ by: column, rising: !falling }, { history: 'push' }),
    find: state.find,
    setFind: (find: string) => void setState({ find: find === '' ? null : find }, { history: 'replace' }),
  };
}
