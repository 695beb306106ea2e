import 'server-only';
import type { CanvasStep } from '@/domain/tracing/canvas/canvas-step';
import type { TraceQuestion, TraceStart } from '@/domain/tracing/trace-question';
import { type AuditSubject, recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { type Actor, requirePermission } from '@/server/session';

export type TraceAct = {
  /** opened: the page · drilled: a step on its picture · imaged: the picture as a file. */
  readonly act: 'opened' | 'drilled' | 'imaged';
  readonly asked: TraceQuestion;
  readonly last: CanvasStep | null;
  readonly form?: 'png' | 'svg';
};

/** Puts on record that a person looked at where money went. Throws Forbidden. */
export async function recordTrace(actor: Actor, { act, asked, last, form }: TraceAct): Promise<void> {
  requirePermission(actor, 'transactions:view');
  const { direction, currency, hops, sinceMs, untilMs } = asked;
  await recordAudit(database(), actor, {
    action: `trace.${act}`,
    subject: subjectOf(asked.from[0]),
    detail: {
      starts: asked.from.length,
      direction,
      currency,
      hops,
      since: sinceMs === null ? null : new Date(sinceMs).toISOString(),
      until: untilMs === null ? null : new Date(untilMs).toISOString(),
      ...(asked.overriddenHubs.length > 0 ? { throughHubs: [...asked.overriddenHubs] } : {}),
      ...(last ? { step: last.kind } : {}),
      ...(form ? { form } : {}),
    },
  });
}

/** Puts on record that somebody asked for the trace of a payment that is none of theirs. */
export async function recordTraceRefused(actor: Actor, start: TraceStart): Promise<void> {
  await recordAudit(database(), actor, { action: 'trace.refused', subject: subjectOf(start), detail: { role: actor.role } });
}

function subjectOf(start: TraceStart | undefined): AuditSubject {
  if (start?.kind === 'account') return { type: 'account', id: start.account };
  return { type: 'transaction', id: start?.transaction ?? '' };
}
