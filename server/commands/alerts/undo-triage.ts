import 'server-only';
import * as z from 'zod';
import { ALERT_STATES, DISMISS_REASONS } from '@/domain/alerts/alert-states';
import type { TriageOutcome } from '@/domain/alerts/triage-outcome';
import { database } from '@/server/database';
import { type Actor, requirePermission } from '@/server/session';
import { keepTriage, lockedAlerts, TRIAGE_MAX, TriageTarget, type Writer } from './triage-alerts';

export const UndoTriage = z.object({ targets: z.array(TriageTarget).min(1).max(TRIAGE_MAX), at: z.date() });
export type UndoTriage = z.infer<typeof UndoTriage>;

const Kept = z.object({
  before: z.object({
    state: z.enum(ALERT_STATES),
    assigneeId: z.string().nullable(),
    snoozedUntil: z.coerce.date().nullable(),
    reason: z.enum(DISMISS_REASONS).nullable(),
    duplicateOf: z.string().nullable(),
  }),
});

/**
 * Puts alerts back to where they stood before the actor's own last step. Where anything happened since, nothing is put back: the version
 * says so. What stood before is read from the alert's history, never taken from who asks. Throws Forbidden.
 */
export async function undoTriage(actor: Actor, input: UndoTriage): Promise<readonly TriageOutcome[]> {
  requirePermission(actor, 'alerts:triage');
  const { targets, at } = UndoTriage.parse(input);
  return await database().$transaction(async (tx) => {
    const held = await lockedAlerts(tx, actor, { ids: targets.map(({ id }) => id), at });
    const outcomes: TriageOutcome[] = [];
    for (const { id, version } of targets) {
      const alert = held.get(id);
      const before = alert?.version === version ? await stoodBefore(tx, actor, id) : null;
      if (!alert || !before) {
        outcomes.push({ id, kind: 'refused', reason: alert ? 'taken' : 'gone' });
        continue;
      }
      // A snooze that has run out meanwhile is simply open.
      const lapsed = before.state === 'snoozed' && (before.snoozedUntil === null || before.snoozedUntil <= at);
      const after = lapsed ? { ...before, state: 'open' as const, snoozedUntil: null } : before;
      await keepTriage(tx, actor, { id, before: alert.triage, after, kind: 'undone', said: {}, at });
      outcomes.push({ id, kind: 'done', version: version + 1, state: after.state });
    }
    return outcomes;
  });
}

async function stoodBefore(tx: Writer, actor: Actor, id: string) {
  const last = await tx.alertEvent.findFirst({
    where: { alertId: BigInt(id), actor: { not: null } },
    orderBy: { id: 'desc' },
    select: { actor: true, detail: true },
  });
  const kept = Kept.safeParse(last?.detail);
  return last?.actor === actor.id && kept.success ? kept.data.before : null;
}
