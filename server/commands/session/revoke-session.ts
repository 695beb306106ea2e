import 'server-only';
import { SessionId } from '@/domain/ids';
import { database } from '@/server/database';

/** Ends a session that its own cookie named; an unknown or ended one is left as it is. */
export async function revokeSession(sessionId: string, now: Date): Promise<void> {
  const id = SessionId.safeParse(sessionId);
  if (!id.success) return;
  await database().$transaction(async (tx) => {
    const session = await tx.appSession.findUnique({ where: { id: id.data } });
    if (!session || session.revokedAt) return;
    await tx.appSession.update({ where: { id: id.data }, data: { revokedAt: now } });
    await tx.auditEvent.create({
      data: { actorId: session.userId, sessionId: id.data, action: 'session.ended', subjectType: 'session', subjectId: id.data },
    });
  });
}
