'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { StepEffect } from '@/domain/tracing/canvas/canvas';
import { doStep, redoStep, undoStep } from '@/domain/tracing/canvas/canvas-history';
import { type CanvasStep, formatSteps, readSteps } from '@/domain/tracing/canvas/canvas-step';
import type { AskedByPage, DrawnTrace, TraceActions, TraceOriginText } from './trace-types';

/** What the last deed came to, to be said aloud. */
export type Said = { readonly kind: 'effect'; readonly effect: StepEffect } | { readonly kind: 'failed' | 'undone' | 'redone' };
export type TraceCanvas = {
  readonly drawn: DrawnTrace;
  readonly steps: readonly CanvasStep[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly busy: boolean;
  readonly said: { readonly words: Said; readonly count: number } | null;
  readonly act: (step: CanvasStep) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly asked: () => AskedByPage;
};

type Shown = { readonly drawn: DrawnTrace; readonly steps: readonly CanvasStep[]; readonly undone: readonly CanvasStep[] };

/**
 * The picture and how it came to be. Each change is a step of the browser's history, so Back returns to the picture seen before; pictures
 * that were seen are kept, so undoing needs no server.
 */
export function useTraceCanvas(
  origin: TraceOriginText,
  initial: { readonly drawn: DrawnTrace; readonly steps: string },
  { draw }: Pick<TraceActions, 'draw'>,
): TraceCanvas {
  const [shown, setShown] = useState<Shown>(() => ({ drawn: initial.drawn, steps: readSteps(initial.steps) ?? [], undone: [] }));
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<TraceCanvas['said']>(null);
  const latest = useRef(shown);
  const seen = useRef(new Map<string, { drawn: DrawnTrace; address: string; steps: string }>());
  const queue = useRef(Promise.resolve());
  const inAddress = useSearchParams().get('c') ?? '';
  const addressNow = useRef(inAddress);
  if (seen.current.size === 0) {
    const first = { drawn: initial.drawn, address: inAddress, steps: initial.steps };
    seen.current.set(initial.steps, first).set(inAddress, first);
  }

  const say = useCallback((words: Said) => setSaid((was) => ({ words, count: (was?.count ?? 0) + 1 })), []);
  const asked = useCallback((): AskedByPage => ({ origin, search: location.search.slice(1) }), [origin]);
  const put = useCallback((next: Shown) => {
    latest.current = next;
    setShown(next);
  }, []);
  const load = useCallback(
    async (steps: string) => {
      const known = seen.current.get(steps);
      if (known) return known;
      setBusy(true);
      try {
        const outcome = await draw({ asked: asked(), steps });
        if (outcome.kind !== 'drawn') return null;
        seen.current.set(outcome.steps, outcome).set(outcome.address, outcome);
        return outcome;
      } catch {
        return null;
      } finally {
        setBusy(false);
      }
    },
    [asked, draw],
  );
  const inTurn = useCallback((work: () => Promise<void>) => {
    queue.current = queue.current.then(work, work);
  }, []);

  const act = useCallback(
    (step: CanvasStep) =>
      inTurn(async () => {
        const { steps } = latest.current;
        const next = doStep({ steps, undone: [] }, step);
        if (next.steps === steps) return;
        const outcome = await load(formatSteps(next.steps));
        if (!outcome) return say({ kind: 'failed' });
        const { effect } = outcome.drawn.picture;
        say({ kind: 'effect', effect });
        if (effect.kind === 'refused') return;
        put({ drawn: outcome.drawn, ...next });
        addressNow.current = outcome.address;
        pushSteps(outcome.address);
      }),
    [inTurn, load, put, say],
  );
  const travel = useCallback(
    (way: typeof undoStep, words: Said) =>
      inTurn(async () => {
        const { steps, undone } = latest.current;
        const next = way({ steps, undone });
        if (next.steps === steps) return;
        const outcome = await load(formatSteps(next.steps));
        if (!outcome) return say({ kind: 'failed' });
        put({ drawn: outcome.drawn, ...next });
        addressNow.current = outcome.address;
        pushSteps(outcome.address);
        say(words);
      }),
    [inTurn, load, put, say],
  );

  // Back and Forward change the address and nothing else.
  useEffect(() => {
    if (inAddress === addressNow.current) return;
    addressNow.current = inAddress;
    inTurn(async () => {
      const outcome = await load(inAddress);
      if (!outcome) return say({ kind: 'failed' });
      put({ drawn: outcome.drawn, steps: readSteps(outcome.steps) ?? [], undone: [] });
    });
  }, [inAddress, inTurn, load, put, say]);

  return {
    drawn: shown.drawn,
    steps: shown.steps,
    canUndo: shown.steps.length > 0,
    canRedo: shown.undone.length > 0,
    busy,
    said,
    act,
    undo: useCallback(() => travel(undoStep, { kind: 'undone' }), [travel]),
    redo: useCallback(() => travel(redoStep, { kind: 'redone' }), [travel]),
    asked,
  };
}

function pushSteps(steps: string) {
  history.pushState(null, '', addressWith({ c: steps }));
}

/** The present address with parameters set, or cleared where the value is empty. */
export function addressWith(changes: Readonly<Record<string, string>>): string {
  const search = new URLSearchParams(location.search);
  for (const [key, value] of Object.entries(changes)) {
    if (value === '') search.delete(key);
    else search.set(key, value);
  }
  const text = search.toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%7E', '~');
  return text === '' ? location.pathname : `${location.pathname}?${text}`;
}
