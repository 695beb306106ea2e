import 'server-only';
import { recordAudit } from '../../audit';
import { database } from '../../database';
import type { Actor } from '../../session';

/** Ends the actor's own session: it is refused from the next request on, wherever its cookie has gone. */
export async function signOut(actor: Actor, at: Date): Promise<void> {
  await database().$transaction(async (tx) => {
    await tx.appSession.update({ where: { id: actor.sessionId }, data: { revokedAt: at } });
    await recordAudit(tx, actor, { action: 'session.closed', subjectType: 'user', subjectId: actor.id });
  });
}
