import 'server-only';
import { sessionEnd } from '@/domain/session-rules';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { sessionLimits } from '@/server/session-settings';

export type OwnSession = {
  readonly id: string;
  readonly openedAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly userAgent: string | null;
  /** The one this request came with. */
  readonly present: boolean;
};

/** The actor's sessions that may still act, the latest first. At most a hundred. */
export async function ownSessions(actor: Actor, { now }: { readonly now: Date }): Promise<readonly OwnSession[]> {
  const limits = sessionLimits();
  const rows = await database().appSession.findMany({
    where: { userId: actor.id, revokedAt: null, expiresAt: { gt: now }, lastSeenAt: { gt: new Date(now.getTime() - limits.idleMs) } },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'asc' }],
    take: 100,
    select: { id: true, createdAt: true, lastSeenAt: true, expiresAt: true, revokedAt: true, userAgent: true },
  });
  return rows
    .filter((row) => sessionEnd({ ...row, userDisabledAt: null }, limits, now) === undefined)
    .map(({ id, createdAt, lastSeenAt, expiresAt, userAgent }) => ({
      id,
      openedAt: createdAt,
      lastSeenAt,
      expiresAt,
      userAgent,
      present: id === actor.sessionId,
    }));
}
