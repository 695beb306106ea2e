import 'server-only';
import type { SessionId } from '@/domain/ids';
import { database } from '@/server/database';

const WRITE_EVERY_MS = 20_000;

/** Moves a session's last activity forward, never back, and not at every request. */
export async function touchSession(sessionId: SessionId, seen: { readonly lastSeenAt: Date; readonly activeAt: Date }): Promise<void> {
  if (seen.activeAt.getTime() - seen.lastSeenAt.getTime() < WRITE_EVERY_MS) return;
  await database().appSession.updateMany({
    where: { id: sessionId, revokedAt: null, lastSeenAt: { lt: seen.activeAt } },
    data: { lastSeenAt: seen.activeAt },
  });
}
