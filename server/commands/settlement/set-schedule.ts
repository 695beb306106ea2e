import 'server-only';
import * as z from 'zod';
import { cutOffsFault } from '@/domain/settlement/session-calendar';
import { businessDay } from '@/domain/time-range';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { type Actor, requirePermission } from '@/server/session';

export const SetSchedule = z.object({
  effectiveFrom: z.iso.date(),
  cutOffs: z.array(z.int()),
  nettingMinutes: z.int().min(0).max(720),
  agentRequired: z.boolean(),
  paceMinutes: z.int().min(1).max(240),
  at: z.date(),
});
export type ScheduleOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly reason: 'not-a-future-day' | 'none' | 'too-many' | 'outside-the-day' | 'not-ascending' };

/** Sets when sessions end from a business day to come; sessions that have begun keep their times. Throws Forbidden. */
export async function setSchedule(actor: Actor, input: z.infer<typeof SetSchedule>): Promise<ScheduleOutcome> {
  requirePermission(actor, 'settlement:schedule');
  const { effectiveFrom, cutOffs, nettingMinutes, agentRequired, paceMinutes, at } = SetSchedule.parse(input);
  const fault = cutOffsFault(cutOffs);
  if (fault) return { kind: 'refused', reason: fault };
  return await database().$transaction(async (tx) => {
    const newest = await tx.settlementSession.findFirst({ orderBy: { opensAt: 'desc' }, select: { businessDay: true } });
    const begun = newest?.businessDay.toISOString().slice(0, 10) ?? businessDay(at);
    if (effectiveFrom <= begun || effectiveFrom <= businessDay(at)) return { kind: 'refused', reason: 'not-a-future-day' };
    const version = { cutOffs, nettingMinutes, agentRequired, paceMinutes, createdBy: actor.id, createdAt: at };
    await tx.settlementSchedule.upsert({
      where: { effectiveFrom: new Date(`${effectiveFrom}T00:00:00Z`) },
      create: { effectiveFrom: new Date(`${effectiveFrom}T00:00:00Z`), ...version },
      update: version,
    });
    await recordAudit(tx, actor, {
      action: 'settlement.schedule-set',
      subject: { type: 'settlement-schedule', id: effectiveFrom },
      detail: { cutOffs, nettingMinutes, agentRequired, paceMinutes },
    });
    return { kind: 'done' };
  });
}
