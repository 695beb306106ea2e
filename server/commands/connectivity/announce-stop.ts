import 'server-only';
import * as z from 'zod';
import { InstitutionCode } from '@/domain/ids';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { Invalid, NotFound } from '@/server/errors';
import { type Actor, requirePermission } from '@/server/session';
import { Note } from './note';

/** No announced stop is longer. */
export const STOP_DAYS_MAX = 7;
/** A stop is announced before it begins: what has failed already cannot be declared planned. */
export const AnnounceStop = z.object({
  institution: InstitutionCode,
  line: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,16}$/)
    .nullable(),
  from: z.date(),
  to: z.date(),
  reason: Note,
  at: z.date(),
});
export type AnnounceStop = z.infer<typeof AnnounceStop>;

export async function announceStop(actor: Actor, input: AnnounceStop): Promise<string> {
  requirePermission(actor, 'connectivity:operate');
  const { institution, line, from, to, reason, at } = AnnounceStop.parse(input);
  if (from < at) throw new Invalid('a stop is announced before it begins');
  if (to <= from || to.getTime() - from.getTime() > STOP_DAYS_MAX * 86_400_000)
    throw new Invalid('a stop ends after it begins, within seven days');
  return await database().$transaction(async (tx) => {
    const row = await tx.institution.findUnique({ where: { code: institution }, select: { id: true } });
    if (!row) throw new NotFound('no such institution');
    const made = await tx.plannedWindow.create({
      data: { institutionId: row.id, line, fromAt: from, toAt: to, reason, createdBy: actor.id },
    });
    await recordAudit(tx, actor, {
      action: 'stop.announced',
      subject: { type: 'institution', id: institution },
      detail: { stop: String(made.id), line, from: from.toISOString(), to: to.toISOString(), reason },
    });
    return String(made.id);
  });
}
