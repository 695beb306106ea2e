'use client';

import { useMemo, useState } from 'react';
import type { AlertRow } from '@/domain/alerts/alert-row';

/** One step decides about so many at most. */
const SELECTED_MAX = 500;

/** Which rows of the list are selected. Rows that are out of sight are not: nothing is decided about that one does not see listed. */
export function useSelection(rows: readonly AlertRow[], current: string | null) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [anchor, setAnchor] = useState<string | null>(null);
  const selected = useMemo(() => rows.filter(({ id }) => chosen.has(id)), [rows, chosen]);
  const ids = useMemo(() => new Set(selected.map(({ id }) => id)), [selected]);
  return {
    rows: selected,
    ids,
    toggle: (id: string) => {
      const next = new Set(ids);
      if (!next.delete(id)) next.add(id);
      setChosen(next);
      setAnchor(id);
    },
    /** Everything between where the selection began and `id`. */
    range: (id: string) => {
      const from = rows.findIndex((row) => row.id === (anchor ?? current ?? id));
      const to = rows.findIndex((row) => row.id === id);
      if (from < 0 || to < 0) return;
      const span = rows.slice(Math.min(from, to), Math.max(from, to) + 1).slice(0, SELECTED_MAX);
      setChosen(new Set([...ids, ...span.map((row) => row.id)]));
      if (anchor === null) setAnchor(current ?? id);
    },
    all: () => setChosen(new Set(rows.slice(0, SELECTED_MAX).map((row) => row.id))),
    clear: () => {
      setChosen(new Set());
      setAnchor(null);
    },
  };
}
