'use client';

import { useRef } from 'react';
import type { AlertRow } from '@/domain/alerts/alert-row';
import { type Triage, triageStep } from '@/domain/alerts/triage';
import type { TriageAction } from '@/domain/alerts/triage-action';
import type { TriageOutcome } from '@/domain/alerts/triage-outcome';
import { takeBack, triage } from '../actions';
import type { HeldRows } from './held-rows';

type Step = { readonly action: TriageAction; readonly before: readonly AlertRow[]; readonly after: readonly AlertRow[] };
export type Said =
  | { readonly kind: 'done'; readonly what: TriageAction['kind'] | 'undone' | 'redone'; readonly count: number }
  | { readonly kind: 'refused'; readonly reason: string; readonly count: number }
  | { readonly kind: 'nothing-to-undo' | 'nothing-to-redo' | 'failed' | 'may-not' };

/**
 * Decides about alerts: what is shown changes at once, the server has the last word, and every step can be taken back and done again, in
 * order, for as long as the page stays open.
 */
export function useTriage(input: {
  readonly me: { readonly id: string; readonly name: string };
  readonly nameOf: (id: string) => string;
  readonly shown: Pick<HeldRows, 'know' | 'foresee' | 'forget'>;
  readonly say: (said: Said) => void;
  readonly settled: (ids: readonly string[]) => void;
}) {
  const { me, nameOf, shown, say, settled } = input;
  const done = useRef<Step[]>([]);
  const undone = useRef<Step[]>([]);
  const tail = useRef<Promise<void>>(Promise.resolve());

  const foresee = (row: AlertRow, action: TriageAction): AlertRow | null => {
    const step = triageStep(triageOf(row), action, { alertId: row.id, by: me.id, at: new Date() });
    return step.kind === 'done' ? withTriage(row, step.after, nameOf) : null;
  };

  const tell = (outcomes: readonly TriageOutcome[]) => {
    const refused = new Map<string, number>();
    for (const outcome of outcomes) if (outcome.kind === 'refused') refused.set(outcome.reason, (refused.get(outcome.reason) ?? 0) + 1);
    for (const [reason, count] of refused) say({ kind: 'refused', reason, count });
  };

  // One after the other: what is undone has to have been done, however quick the fingers are.
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const next = tail.current.then(work);
    tail.current = next.catch(() => {});
    return next;
  };

  // Shows what is foreseen, asks, and puts back what was refused. The rows that went through, as they were and as they are.
  const attempt = async (
    rows: readonly AlertRow[],
    foreseen: (row: AlertRow) => AlertRow | null,
    ask: (targets: { id: string; version: number }[]) => ReturnType<typeof triage>,
  ): Promise<{ before: AlertRow[]; after: AlertRow[] } | null> => {
    const seen = new Map(
      rows.flatMap((row) => {
        const next = foreseen(row);
        return next ? [[row.id, next] as const] : [];
      }),
    );
    const ids = rows.map(({ id }) => id);
    shown.foresee([...seen.values()]);
    const answer = await ask(rows.map(({ id, version }) => ({ id, version }))).catch(() => null);
    if (answer?.kind !== 'tried') {
      shown.forget(ids);
      say({ kind: answer?.kind === 'may-not' ? 'may-not' : 'failed' });
      settled(ids);
      return null;
    }
    const wentThrough = new Map(answer.outcomes.flatMap((one) => (one.kind === 'done' ? [[one.id, one.version] as const] : [])));
    const before = rows.filter(({ id }) => wentThrough.has(id));
    const after = before.map((row) => ({ ...(seen.get(row.id) ?? row), version: wentThrough.get(row.id) as number }));
    shown.know(after);
    shown.forget(ids);
    tell(answer.outcomes);
    settled(ids);
    return { before, after };
  };

  return {
    decide: (rows: readonly AlertRow[], action: TriageAction) => {
      const foreseen = (row: AlertRow) => foresee(row, action);
      shown.foresee(rows.flatMap((row) => foreseen(row) ?? []));
      return inTurn(async () => {
        const result = await attempt(rows, foreseen, (targets) => triage(targets, action));
        if (!result || result.after.length === 0) return;
        done.current.push({ action, ...result });
        undone.current = [];
        say({ kind: 'done', what: action.kind, count: result.after.length });
      });
    },
    undo: () =>
      inTurn(async () => {
        const step = done.current.pop();
        if (!step) return say({ kind: 'nothing-to-undo' });
        const stood = new Map(step.before.map((row) => [row.id, row]));
        const before = (row: AlertRow) => ({ ...(stood.get(row.id) ?? row), version: row.version + 1 });
        const result = await attempt(step.after, before, takeBack);
        if (!result || result.after.length === 0) return;
        // What was taken back is where doing it again begins.
        undone.current.push({ action: step.action, before: result.after, after: result.before });
        say({ kind: 'done', what: 'undone', count: result.after.length });
      }),
    redo: () =>
      inTurn(async () => {
        const step = undone.current.pop();
        if (!step) return say({ kind: 'nothing-to-redo' });
        const result = await attempt(
          step.before,
          (row) => foresee(row, step.action),
          (targets) => triage(targets, step.action),
        );
        if (!result || result.after.length === 0) return;
        done.current.push({ action: step.action, ...result });
        say({ kind: 'done', what: 'redone', count: result.after.length });
      }),
  };
}

function triageOf(row: AlertRow): Triage {
  return {
    state: row.state,
    assigneeId: row.assignee?.id ?? null,
    snoozedUntil: row.snoozedUntil === null ? null : new Date(row.snoozedUntil),
    reason: row.state === 'dismissed' ? 'other' : null,
    duplicateOf: row.state === 'duplicate' ? '0' : null,
  };
}

function withTriage(row: AlertRow, triage: Triage, nameOf: (id: string) => string): AlertRow {
  return {
    ...row,
    version: row.version + 1,
    state: triage.state,
    assignee: triage.assigneeId === null ? null : { id: triage.assigneeId, name: nameOf(triage.assigneeId) },
    snoozedUntil: triage.snoozedUntil?.toISOString() ?? null,
  };
}
