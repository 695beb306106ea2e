import 'server-only';
import * as z from 'zod';
import { BREAK_RESOLUTIONS } from '@/domain/settlement/break-kinds';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { type Actor, requirePermission } from '@/server/session';

export const BREAKS_AT_ONCE = 200;
const Ids = z
  .array(z.string().regex(/^\d{1,18}$/))
  .min(1)
  .max(BREAKS_AT_ONCE);
export const TakeBreaks = z.object({ ids: Ids, at: z.date() });
export const ResolveBreaks = z.object({
  ids: Ids,
  resolution: z.enum(BREAK_RESOLUTIONS),
  note: z
    .string()
    .trim()
    .min(2)
    .max(500)
    .regex(/^[^\p{C}]*$/u),
  at: z.date(),
});
export const ReopenBreaks = z.object({ ids: Ids });

/** Makes the actor the owner of open breaks, whoever owned them before; says which. */
export async function takeBreaks(actor: Actor, input: z.infer<typeof TakeBreaks>): Promise<readonly string[]> {
  requirePermission(actor, 'settlement:work');
  const { ids, at } = TakeBreaks.parse(input);
  return await database().$transaction(async (tx) => {
    const taken = await tx.settlementBreak.updateManyAndReturn({
      where: { id: { in: ids.map(BigInt) }, resolvedAt: null, OR: [{ ownerId: null }, { ownerId: { not: actor.id } }] },
      data: { ownerId: actor.id, assignedAt: at },
      select: { id: true },
    });
    return await audited(tx, actor, 'settlement.break-taken', taken, {});
  });
}

/** Says how open breaks were dealt with, and says which: one that somebody else resolved in the meantime keeps their word. */
export async function resolveBreaks(actor: Actor, input: z.infer<typeof ResolveBreaks>): Promise<readonly string[]> {
  requirePermission(actor, 'settlement:work');
  const { ids, resolution, note, at } = ResolveBreaks.parse(input);
  return await database().$transaction(async (tx) => {
    const resolved = await tx.settlementBreak.updateManyAndReturn({
      where: { id: { in: ids.map(BigInt) }, resolvedAt: null },
      data: { resolvedAt: at, resolvedBy: actor.id, resolution, note },
      select: { id: true },
    });
    return await audited(tx, actor, 'settlement.break-resolved', resolved, { resolution, note });
  });
}

/** Takes resolutions back, of sessions that are not closed; what was said stays in the audit log. */
export async function reopenBreaks(actor: Actor, input: z.infer<typeof ReopenBreaks>): Promise<readonly string[]> {
  requirePermission(actor, 'settlement:work');
  const { ids } = ReopenBreaks.parse(input);
  return await database().$transaction(async (tx) => {
    // Share-locked as the monitor does it: a session cannot be closing meanwhile.
    const open = z.array(z.object({ id: z.bigint() })).parse(
      await tx.$queryRaw`
        select k.id
        from settlement_break k
        join settlement_session s on s.no = k.session_no
        where k.id = any(${ids.map(BigInt)}::bigint[]) and k.resolved_at is not null and s.closed_at is null
        for share of s`,
    );
    const reopened = await tx.settlementBreak.updateManyAndReturn({
      where: { id: { in: open.map(({ id }) => id) }, resolvedAt: { not: null } },
      data: { resolvedAt: null, resolvedBy: null, resolution: null, note: null },
      select: { id: true },
    });
    return await audited(tx, actor, 'settlement.break-reopened', reopened, {});
  });
}

async function audited(
  tx: Parameters<typeof recordAudit>[0],
  actor: Actor,
  action: string,
  rows: readonly { readonly id: bigint }[],
  detail: Record<string, string>,
): Promise<readonly string[]> {
  const ids = rows.map(({ id }) => id).sort((a, b) => (a < b ? -1 : 1));
  for (const id of ids) await recordAudit(tx, actor, { action, subject: { type: 'settlement-break', id: String(id) }, detail });
  return ids.map(String);
}
