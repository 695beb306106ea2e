import 'server-only';
import type { Prisma } from './generated/prisma/client';
import type { Actor } from './session';

type AuditWriter = Pick<Prisma.TransactionClient, 'auditEvent'>;
export type AuditSubject = { readonly type: string; readonly id: string };

/** Writes one line of the append-only audit log; give it the business transaction, so that both are kept or neither. */
export async function recordAudit(
  writer: AuditWriter,
  actor: Pick<Actor, 'id' | 'sessionId'>,
  entry: { readonly action: string; readonly subject: AuditSubject; readonly detail?: Prisma.InputJsonObject },
): Promise<void> {
  await writer.auditEvent.create({
    data: {
      actorId: actor.id,
      sessionId: actor.sessionId,
      action: entry.action,
      subjectType: entry.subject.type,
      subjectId: entry.subject.id,
      detail: entry.detail ?? {},
    },
  });
}
