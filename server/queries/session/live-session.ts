import 'server-only';
import { SessionId, UserId } from '@/domain/ids';
import { type SessionEnd, sessionEnd } from '@/domain/session-rules';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { sessionLimits } from '@/server/session-settings';

export type LiveSession =
  | { readonly kind: 'live'; readonly actor: Actor; readonly lastSeenAt: Date }
  | { readonly kind: 'ended'; readonly why: SessionEnd | 'absent' };

/** The person behind a session id as the database knows them at this moment, or why there is none. */
export async function liveSession(sessionId: string, now: Date): Promise<LiveSession> {
  const id = SessionId.safeParse(sessionId);
  if (!id.success) return { kind: 'ended', why: 'absent' };
  const row = await database().appSession.findUnique({
    where: { id: id.data },
    select: {
      id: true,
      lastSeenAt: true,
      expiresAt: true,
      revokedAt: true,
      appUser: { select: { id: true, login: true, displayName: true, role: true, institutionId: true, disabledAt: true } },
    },
  });
  if (!row) return { kind: 'ended', why: 'absent' };
  const why = sessionEnd({ ...row, userDisabledAt: row.appUser.disabledAt }, sessionLimits(), now);
  if (why) return { kind: 'ended', why };
  const { login, displayName, role, institutionId } = row.appUser;
  const actor = { id: UserId.parse(row.appUser.id), sessionId: id.data, login, displayName, role, institutionId };
  return { kind: 'live', actor, lastSeenAt: row.lastSeenAt };
}
