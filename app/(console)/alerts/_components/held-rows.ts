'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { AlertFilter } from '@/domain/alerts/alert-filter';
import type { AlertPage, AlertRow } from '@/domain/alerts/alert-row';
import { belongsTo } from '@/domain/alerts/queue-membership';

/** `newestId` is the newest alert of all when the list was read: what is newer came since. */
type Held = { readonly rows: readonly AlertRow[]; readonly next: AlertPage['next']; readonly at: string; readonly newestId: string };
export type HeldRows = {
  readonly rows: readonly AlertRow[];
  readonly hasMore: boolean;
  readonly loading: 'idle' | 'loading' | 'failed';
  /** Alerts that came meanwhile and are not in the list yet; `many` where it may be more than these. */
  readonly arrived: { readonly count: number; readonly many: boolean };
  readonly showArrived: () => void;
  readonly wantMore: () => void;
  readonly retry: () => void;
  /** Says what the server said of some rows, newer than the list. */
  readonly know: (rows: readonly AlertRow[]) => void;
  /** Shows rows as they will be, until they are forgotten. */
  readonly foresee: (rows: readonly AlertRow[]) => void;
  readonly forget: (ids: readonly string[]) => void;
};

/**
 * The rows of a list as somebody reads it. Newer pages of the server refresh what is shown, row by row, and move nothing: what is new waits
 * behind {@link HeldRows.arrived}. What no longer belongs to the queue is out of sight, except the row that is being read.
 */
export function useHeldRows(input: {
  readonly first: AlertPage;
  readonly at: string;
  readonly newestId: string;
  readonly filter: AlertFilter;
  readonly me: string;
  readonly reading: string | null;
  readonly fetchMore: (after: NonNullable<AlertPage['next']>, at: string) => Promise<AlertPage>;
}): HeldRows {
  const { first, at, newestId, filter, me, reading, fetchMore } = input;
  const [held, setHeld] = useState<Held>({ ...first, at, newestId });
  const [known, setKnown] = useState<ReadonlyMap<string, AlertRow>>(new Map());
  const [foreseen, setForeseen] = useState<ReadonlyMap<string, AlertRow>>(new Map());
  const [loading, setLoading] = useState<HeldRows['loading']>('idle');
  const busy = useRef(false);
  const know = useCallback((rows: readonly AlertRow[]) => {
    setKnown((before) => {
      const next = new Map(before);
      for (const row of rows) if ((next.get(row.id)?.version ?? 0) <= row.version) next.set(row.id, row);
      return next;
    });
  }, []);
  const foresee = useCallback((rows: readonly AlertRow[]) => {
    setForeseen((before) => new Map([...before, ...rows.map((row) => [row.id, row] as const)]));
  }, []);
  const forget = useCallback((ids: readonly string[]) => {
    setForeseen((before) => new Map([...before].filter(([id]) => !ids.includes(id))));
  }, []);
  const fresh = useRef(first);
  useEffect(() => {
    if (fresh.current === first) return;
    fresh.current = first;
    know(first.rows);
  }, [first, know]);

  const latest = useCallback(
    (row: AlertRow) => {
      const newer = known.get(row.id);
      return foreseen.get(row.id) ?? (newer && newer.version >= row.version ? newer : row);
    },
    [known, foreseen],
  );
  const shows = useCallback(
    (row: AlertRow) => row.id === reading || belongsTo(filter, { state: row.state, assigneeId: row.assignee?.id ?? null }, me),
    [filter, me, reading],
  );
  const rows = useMemo(() => held.rows.map(latest).filter(shows), [held.rows, latest, shows]);
  const arrived = useMemo(() => {
    const there = new Set(held.rows.map(({ id }) => id));
    // A row that only moved up from a page below is not news; where the list was read to its end, every row that it lacks is.
    const news = first.rows.filter(
      (row) => !there.has(row.id) && shows(latest(row)) && (held.next === null || BigInt(row.id) > BigInt(held.newestId)),
    );
    return { count: news.length, many: news.length > 0 && news.length === first.rows.length && first.next !== null };
  }, [held, first, latest, shows]);

  const load = async () => {
    if (busy.current || held.next === null) return;
    busy.current = true;
    setLoading('loading');
    try {
      const page = await fetchMore(held.next, held.at);
      setHeld((before) => {
        if (before !== held) return before;
        const there = new Set(before.rows.map(({ id }) => id));
        return { ...before, rows: [...before.rows, ...page.rows.filter(({ id }) => !there.has(id))], next: page.next };
      });
      setLoading('idle');
    } catch {
      setLoading('failed');
    } finally {
      busy.current = false;
    }
  };
  return {
    rows,
    hasMore: held.next !== null,
    loading,
    arrived,
    showArrived: () => setHeld({ ...first, at, newestId }),
    wantMore: () => {
      if (loading === 'idle') void load();
    },
    retry: () => void load(),
    know,
    foresee,
    forget,
  };
}
