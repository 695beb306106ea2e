import 'server-only';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { isWithheldFrom } from './need-to-know';

/** One row of the log, blank where it is about a case that the reader is not on; null where there is none. */
export async function auditRow(actor: Actor, { id }: { id: string }) {
  const row = await database().auditEvent.findUnique({
    where: { id: BigInt(id) },
    include: { appUser: { select: { login: true, displayName: true } } },
  });
  if (!row) return null;
  const isWithheld = await withheld(actor, id);
  const { at, action, subjectType, appUser } = row;
  const [subjectId, detail] = isWithheld ? ['', {}] : [row.subjectId, row.detail];
  return { at, action, subjectType, subjectId, detail, login: appUser?.login ?? null, name: appUser?.displayName ?? null, isWithheld };
}

export async function withheld(actor: Actor, id: string): Promise<boolean> {
  const rows = await database().$queryRaw<
    { held: boolean }[]
  >`select ${isWithheldFrom(actor)} as held from audit_event e where e.id = ${id}::bigint`;
  return rows[0]?.held ?? true;
}
