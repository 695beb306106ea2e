import 'server-only';
import { SessionId } from '@/domain/ids';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { NotFound } from '@/server/errors';
import type { Actor } from '@/server/session';

/** Ends one of the actor's own sessions; its next request is refused. Ending an ended one changes nothing. Throws NotFound. */
export async function endSession(
  actor: Pick<Actor, 'id' | 'sessionId'>,
  input: { readonly sessionId: string; readonly now: Date },
): Promise<void> {
  const id = SessionId.safeParse(input.sessionId);
  if (!id.success) throw new NotFound('no such session');
  await database().$transaction(async (tx) => {
    const session = await tx.appSession.findFirst({ where: { id: id.data, userId: actor.id } });
    if (!session) throw new NotFound('no such session');
    if (session.revokedAt) return;
    await tx.appSession.update({ where: { id: id.data }, data: { revokedAt: input.now } });
    await recordAudit(tx, actor, { action: 'session.ended', subject: { type: 'session', id: id.data } });
  });
}
