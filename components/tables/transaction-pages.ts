'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import type { TransactionRow } from '@/domain/transactions/transaction-row';

export type TransactionCursor = { readonly acceptedAt: string; readonly key: string };
export type TransactionPage = { readonly rows: readonly TransactionRow[]; readonly next: TransactionCursor | null };
type Span = { readonly from: string; readonly to: string };
type Held = {
  readonly rows: readonly TransactionRow[];
  readonly next: TransactionCursor | null;
  readonly span: Span;
  readonly pages: number;
};

/**
 * Pages read so far. While the reader is at the top and has read one page, a newer first page takes its place;
 * further down nothing moves under the reader's eyes, and `newer` says that there is more above.
 */
export function useTransactionPages(input: {
  readonly first: TransactionPage;
  readonly range: Span;
  readonly box: RefObject<HTMLElement | null>;
  readonly fetch: (after: TransactionCursor, span: Span) => Promise<TransactionPage>;
}) {
  const { first, range, box, fetch } = input;
  const [held, setHeld] = useState<Held>({ ...first, span: range, pages: 1 });
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle');
  const [newer, setNewer] = useState(false);
  const busy = useRef(false);
  const latest = useRef({ first, range });
  const shown = useRef(held);
  shown.current = held;

  const { from, to } = range;
  useEffect(() => {
    if (latest.current.first === first) return;
    latest.current = { first, range: { from, to } };
    const undisturbed = shown.current.pages === 1 && (box.current?.scrollTop ?? 0) < 4;
    if (undisturbed) setHeld({ ...first, span: { from, to }, pages: 1 });
    else if (first.rows[0]?.key !== shown.current.rows[0]?.key) setNewer(true);
  }, [first, from, to, box]);

  const load = async () => {
    if (busy.current || held.next === null) return;
    busy.current = true;
    setState('loading');
    try {
      const page = await fetch(held.next, held.span);
      setHeld((before) =>
        before === held ? { rows: [...held.rows, ...page.rows], next: page.next, span: held.span, pages: held.pages + 1 } : before,
      );
      setState('idle');
    } catch {
      setState('failed');
    } finally {
      busy.current = false;
    }
  };
  return {
    rows: held.rows,
    hasMore: held.next !== null,
    state,
    newer,
    wantMore: () => {
      if (state === 'idle') void load();
    },
    retry: () => void load(),
    showNewest: () => {
      setNewer(false);
      setHeld({ ...latest.current.first, span: latest.current.range, pages: 1 });
      box.current?.scrollTo({ top: 0 });
    },
  };
}
