'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  useTransition,
} from 'react';
import { parseRange } from '@/domain/time-range';
import { lastingStream } from './lasting-stream';
import { type Pulse, parsePulse } from './pulse';

export type LiveState = 'live' | 'paused' | 'stale';
export type Live = {
  readonly state: LiveState;
  /** The newest word of the monitor; null before the first. */
  readonly pulse: Pulse | null;
  /** Time of the newest data shown. */
  readonly dataAt: Date | null;
  /** When it was paused, or last heard of while stale. */
  readonly since: Date | null;
  /** False on an absolute range, which is not live at all. */
  readonly moving: boolean;
  readonly toggle: () => void;
};

const SILENCE_MS = 60_000;
const GRACE_MS = 3_000;
const REFRESH_MS = 5_000;
/** A change of state is shown at once, but a storm of them does not ask without a pause. */
const CHANGED_REFRESH_MS = 1_000;

/** A pause lasts as long as the tab. */
const PAUSED_KEPT_AS = 'headwater-paused';

const LiveContext = createContext<Live | null>(null);

/** The live contract of a page. Only inside the console's shell. */
export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error('useLive belongs inside LiveProvider');
  return live;
}

type LiveProviderProps = { readonly dataAt: string | null; readonly movedAt: string | null; readonly children: ReactNode };

/**
 * Listens to the monitor's pulse and, on a live range, asks the server components for new figures at most every 5 s.
 * Silence of 60 s is stale; so is a page that opens on silence already, after a short wait for the first word.
 */
export function LiveProvider({ dataAt, movedAt, children }: LiveProviderProps) {
  const [pulse, setPulse] = useState<Pulse | null>(null);
  const [pausedAt, setPausedAt] = useState<Date | null>(null);
  const [stale, setStale] = useState(false);
  const moving = parseRange(useSearchParams().get('range') ?? undefined).kind === 'live';
  const heardAt = useRef(0);
  // A page that nobody sees needs no stream: browsers share few connections among all tabs of a site.
  const seen = useSeen();
  const open = pausedAt === null && seen;

  useEffect(() => {
    if (heardAt.current === 0) heardAt.current = firstHeard(movedAt);
    const check = setInterval(() => setStale(Date.now() - heardAt.current > SILENCE_MS), 1000);
    return () => clearInterval(check);
  }, [movedAt]);

  useEffect(() => {
    if (!open) return;
    // Back from the background, the silence was the page's own: the first word has a moment to come.
    heardAt.current = Math.max(heardAt.current, Date.now() - SILENCE_MS + GRACE_MS);
    setStale(false);
    return lastingStream('/api/live', 'pulse', (data) => {
      const next = parsePulse(data);
      if (!next) return;
      heardAt.current = Date.now();
      setStale(false);
      setPulse(next);
    });
  }, [open]);

  useRefreshWith(pulse, open && moving && !stale);
  // A reload shows what is now, so the pause begins anew; but it is not lifted behind the reader's back.
  useEffect(() => {
    if (sessionStorage.getItem(PAUSED_KEPT_AS) !== null) setPausedAt(new Date());
  }, []);
  const toggle = useCallback(() => {
    if (open) sessionStorage.setItem(PAUSED_KEPT_AS, '1');
    else sessionStorage.removeItem(PAUSED_KEPT_AS);
    setPausedAt(open ? new Date() : null);
  }, [open]);
  const live = useMemo<Live>(() => {
    const newest = pulse?.dataAt ?? (dataAt === null ? null : new Date(dataAt));
    const state = pausedAt ? 'paused' : stale ? 'stale' : 'live';
    const lastWord = pulse?.at ?? (movedAt === null ? null : new Date(movedAt));
    return { state, pulse, dataAt: newest, since: pausedAt ?? (stale ? lastWord : null), moving, toggle };
  }, [pulse, pausedAt, stale, dataAt, movedAt, moving, toggle]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

function useSeen(): boolean {
  return useSyncExternalStore(
    (changed) => {
      document.addEventListener('visibilitychange', changed);
      return () => document.removeEventListener('visibilitychange', changed);
    },
    () => !document.hidden,
    () => true,
  );
}

function firstHeard(movedAt: string | null): number {
  const moved = movedAt === null ? 0 : Date.parse(movedAt);
  return Math.max(moved, Date.now() - SILENCE_MS + GRACE_MS);
}

// A refresh that is still running, or a hidden tab, is not asked again: the next pulse will.
function useRefreshWith(pulse: Pulse | null, wanted: boolean) {
  const router = useRouter();
  const [pending, start] = useTransition();
  const refreshedAt = useRef(Date.now());
  const shownChange = useRef<number | null>(null);
  useEffect(() => {
    if (!pulse || !wanted || pending || document.hidden) return;
    const changedAt = pulse.connectivityAt?.getTime() ?? null;
    // What was changed before the first pulse is on the page already.
    shownChange.current ??= changedAt ?? 0;
    const pause = changedAt !== null && changedAt > shownChange.current ? CHANGED_REFRESH_MS : REFRESH_MS;
    if (Date.now() - refreshedAt.current < pause) return;
    refreshedAt.current = Date.now();
    shownChange.current = changedAt ?? shownChange.current;
    start(() => router.refresh());
  }, [pulse, wanted, pending, router]);
}
