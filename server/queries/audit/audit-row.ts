import 'server-only';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

/** One row of the log; null where there is none. */
export async function auditRow(_actor: Actor, { id }: { id: string }) {
  const row = await database().auditEvent.findUnique({
    where: { id: BigInt(id) },
    include: { appUser: { select: { login: true, displayName: true } } },
  });
  if (!row) return null;
  const { at, action, subjectType, subjectId, detail, appUser } = row;
  return { at, action, subjectType, subjectId, detail, login: appUser?.login ?? null, name: appUser?.displayName ?? null };
}
