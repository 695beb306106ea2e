import 'server-only';
import * as z from 'zod';
import type { AlertState, DismissReason } from '@/domain/alerts/alert-states';
import { DISMISS_REASONS } from '@/domain/alerts/alert-states';
import { type Triage, triageStep } from '@/domain/alerts/triage';
import { AlertId, TriageAction } from '@/domain/alerts/triage-action';
import type { TriageOutcome } from '@/domain/alerts/triage-outcome';
import { allows } from '@/domain/permissions';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import type { Prisma } from '@/server/generated/prisma/client';
import { type Actor, requirePermission } from '@/server/session';

/** One action is of so many alerts at most. */
export const TRIAGE_MAX = 500;

/** An alert as somebody looked at it. */
export const TriageTarget = z.object({ id: AlertId, version: z.int().min(1) });
export const TriageAlerts = z.object({
  targets: z.array(TriageTarget).min(1).max(TRIAGE_MAX),
  action: TriageAction,
  at: z.date(),
});
export type TriageAlerts = z.infer<typeof TriageAlerts>;

/**
 * Does one thing to several alerts, each for itself: what somebody else changed since it was looked at stays as it is and is said to be
 * `taken`. Alerts of another institution do not exist for an institution's own people. Throws Forbidden.
 */
export async function triageAlerts(actor: Actor, input: TriageAlerts): Promise<readonly TriageOutcome[]> {
  requirePermission(actor, 'alerts:triage');
  const { targets, action, at } = TriageAlerts.parse(input);
  return await database().$transaction(async (tx) => {
    const faulty = await faultOf(tx, actor, action);
    if (faulty) return targets.map(({ id }) => ({ id, kind: 'refused' as const, reason: faulty }));
    const held = await lockedAlerts(tx, actor, { ids: targets.map(({ id }) => id), at });
    const outcomes: TriageOutcome[] = [];
    for (const { id, version } of targets) {
      const alert = held.get(id);
      if (!alert || alert.version !== version) {
        outcomes.push({ id, kind: 'refused', reason: alert ? 'taken' : 'gone' });
        continue;
      }
      const step = triageStep(alert.triage, action, { alertId: id, by: actor.id, at });
      if (step.kind === 'refused') outcomes.push({ id, kind: 'refused', reason: step.reason });
      else {
        await keepTriage(tx, actor, { id, before: alert.triage, after: step.after, kind: action.kind, said: saidIn(action), at });
        outcomes.push({ id, kind: 'done', version: version + 1, state: step.after.state });
      }
    }
    return outcomes;
  });
}

export type Writer = Prisma.TransactionClient;
type HeldAlert = { readonly version: number; readonly triage: Triage };

/** The alerts that the actor may see, locked in the order of their ids, so that two people at the same ones wait and do not meet. */
export async function lockedAlerts(
  tx: Writer,
  actor: Actor,
  { ids, at }: { ids: readonly string[]; at: Date },
): Promise<ReadonlyMap<string, HeldAlert>> {
  const wanted = ids.map(BigInt);
  await tx.$queryRaw`select id from alert where id = any(${wanted}::bigint[]) order by id for update`;
  const rows = await tx.alert.findMany({
    where: { id: { in: wanted }, ...(actor.institutionId === null ? {} : { institutionId: actor.institutionId }) },
    select: { id: true, version: true, state: true, assignedTo: true, snoozedUntil: true, dispositionReason: true, duplicateOf: true },
  });
  return new Map(
    rows.map((row) => {
      const snoozed = row.state === 'open' && row.snoozedUntil !== null && row.snoozedUntil > at;
      const triage: Triage = {
        state: snoozed ? 'snoozed' : (row.state as AlertState),
        assigneeId: row.assignedTo,
        snoozedUntil: snoozed ? row.snoozedUntil : null,
        reason: DISMISS_REASONS.find((known) => known === row.dispositionReason) ?? null,
        duplicateOf: row.duplicateOf === null ? null : String(row.duplicateOf),
      };
      return [String(row.id), { version: row.version, triage }];
    }),
  );
}

type Kept = {
  readonly id: string;
  readonly before: Triage;
  readonly after: Triage;
  readonly kind: string;
  readonly said: Readonly<Record<string, string>>;
  readonly at: Date;
};

/** Writes what people decide, the alert's history and the audit line in one transaction. */
export async function keepTriage(tx: Writer, actor: Actor, { id, before, after, kind, said, at }: Kept): Promise<void> {
  const answered = after.state !== 'open' && after.state !== 'snoozed';
  await tx.alert.update({
    where: { id: BigInt(id) },
    data: {
      state: after.state === 'snoozed' ? 'open' : after.state,
      assignedTo: after.assigneeId,
      snoozedUntil: after.snoozedUntil,
      dispositionReason: after.reason,
      disposedBy: answered ? actor.id : null,
      disposedAt: answered ? at : null,
      duplicateOf: after.duplicateOf === null ? null : BigInt(after.duplicateOf),
      ...(answered ? {} : { grownSince: null }),
      version: { increment: 1 },
    },
  });
  const detail = { ...said, before: stored(before), after: stored(after) };
  await tx.alertEvent.create({ data: { alertId: BigInt(id), at, actor: actor.id, kind: EVENT_KINDS[kind] ?? kind, detail } });
  await recordAudit(tx, actor, { action: `alert.${EVENT_KINDS[kind] ?? kind}`, subject: { type: 'alert', id }, detail });
}

const EVENT_KINDS: Readonly<Record<string, string>> = {
  accept: 'accepted',
  dismiss: 'dismissed',
  snooze: 'snoozed',
  assign: 'assigned',
  escalate: 'escalated',
  reopen: 'reopened',
};

type StoredTriage = {
  state: AlertState;
  assigneeId: string | null;
  snoozedUntil: string | null;
  reason: DismissReason | null;
  duplicateOf: string | null;
};
function stored(triage: Triage): StoredTriage {
  return { ...triage, snoozedUntil: triage.snoozedUntil?.toISOString() ?? null };
}

function saidIn(action: TriageAction): Record<string, string> {
  return 'note' in action && action.note ? { note: action.note } : {};
}

async function faultOf(tx: Writer, actor: Actor, action: TriageAction): Promise<'unknown-person' | 'no-original' | null> {
  if (action.kind === 'assign' && action.to !== null) {
    const person = await tx.appUser.findUnique({ where: { id: action.to }, select: { role: true, disabledAt: true, institutionId: true } });
    const fit =
      person && person.disabledAt === null && person.institutionId === actor.institutionId && allows(person.role, 'alerts:triage');
    return fit ? null : 'unknown-person';
  }
  if (action.kind !== 'duplicate') return null;
  const original = await tx.alert.findUnique({ where: { id: BigInt(action.of) }, select: { institutionId: true } });
  return original && (actor.institutionId === null || original.institutionId === actor.institutionId) ? null : 'no-original';
}
