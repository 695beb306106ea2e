import 'server-only';
import * as z from 'zod';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { Conflict, NotFound } from '@/server/errors';
import { type Actor, requirePermission } from '@/server/session';
import { Note } from './note';

export const AcknowledgeIncident = z.object({ id: z.string().regex(/^\d{1,18}$/), note: Note, at: z.date() });
export type AcknowledgeIncident = z.infer<typeof AcknowledgeIncident>;

/** Says that somebody is on it, and what they know. The first word stands: an incident that is acknowledged already is a conflict. */
export async function acknowledgeIncident(actor: Actor, input: AcknowledgeIncident): Promise<void> {
  requirePermission(actor, 'connectivity:acknowledge');
  const { id, note, at } = AcknowledgeIncident.parse(input);
  await database().$transaction(async (tx) => {
    const { count } = await tx.incident.updateMany({
      where: { id: BigInt(id), acknowledgedAt: null, mergedInto: null },
      data: { acknowledgedAt: at, acknowledgedBy: actor.id, note },
    });
    if (count === 0) {
      const there = await tx.incident.findUnique({ where: { id: BigInt(id) }, select: { id: true } });
      throw there ? new Conflict('the incident is acknowledged already, or part of another') : new NotFound('no such incident');
    }
    await recordAudit(tx, actor, { action: 'incident.acknowledged', subject: { type: 'incident', id }, detail: { note } });
  });
}
