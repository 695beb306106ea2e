import 'server-only';
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { SessionId } from '@/domain/ids';
import { backOffMs } from '@/domain/session-rules';
import { database } from '@/server/database';
import { sessionLimits } from '@/server/session-settings';
import { hashPassword, passwordMatches } from './hash-password';

export const Credentials = z.object({ login: z.string().trim().toLowerCase().min(1).max(120), password: z.string().min(1).max(256) });

export type SignIn =
  | { readonly kind: 'signed-in'; readonly sessionId: SessionId }
  | { readonly kind: 'refused'; readonly reason: 'wrong' }
  | { readonly kind: 'refused'; readonly reason: 'wait'; readonly waitMs: number };

let decoy: Promise<string> | undefined;

/**
 * Opens a session for the right login and password. An unknown or disabled user costs the same time as a wrong password
 * and is told the same. From the fifth failure in a row on, a name waits before its next try, right password or not.
 */
export async function signIn(
  input: unknown,
  { now, userAgent }: { readonly now: Date; readonly userAgent: string | null },
): Promise<SignIn> {
  const credentials = Credentials.safeParse(input);
  if (!credentials.success) return { kind: 'refused', reason: 'wrong' };
  const { login, password } = credentials.data;
  const user = await database().appUser.findUnique({ where: { login } });
  if (user?.nextAttemptAt && user.nextAttemptAt > now) {
    return { kind: 'refused', reason: 'wait', waitMs: user.nextAttemptAt.getTime() - now.getTime() };
  }
  decoy ??= hashPassword(randomBytes(24).toString('base64'));
  const matches = await passwordMatches(user?.passwordHash ?? (await decoy), password);
  if (!user || user.disabledAt) return { kind: 'refused', reason: 'wrong' };
  if (!matches) return await countFailure(user.id, now);
  return await openSession(user.id, { now, userAgent });
}

async function countFailure(userId: string, now: Date): Promise<SignIn> {
  return await database().$transaction(async (tx) => {
    const { failedAttempts } = await tx.appUser.update({ where: { id: userId }, data: { failedAttempts: { increment: 1 } } });
    const waitMs = backOffMs(failedAttempts);
    if (waitMs > 0) await tx.appUser.update({ where: { id: userId }, data: { nextAttemptAt: new Date(now.getTime() + waitMs) } });
    await tx.auditEvent.create({
      data: { actorId: userId, action: 'session.refused', subjectType: 'user', subjectId: userId, detail: { failedAttempts } },
    });
    return waitMs > 0 ? { kind: 'refused', reason: 'wait', waitMs } : { kind: 'refused', reason: 'wrong' };
  });
}

async function openSession(userId: string, { now, userAgent }: { readonly now: Date; readonly userAgent: string | null }): Promise<SignIn> {
  const { absoluteMs } = sessionLimits();
  return await database().$transaction(async (tx) => {
    await tx.appUser.update({ where: { id: userId }, data: { failedAttempts: 0, nextAttemptAt: null } });
    const session = await tx.appSession.create({
      data: {
        userId,
        createdAt: now,
        lastSeenAt: now,
        expiresAt: new Date(now.getTime() + absoluteMs),
        userAgent: userAgent?.slice(0, 300) ?? null,
      },
    });
    await tx.auditEvent.create({
      data: { actorId: userId, sessionId: session.id, action: 'session.opened', subjectType: 'session', subjectId: session.id },
    });
    return { kind: 'signed-in', sessionId: SessionId.parse(session.id) };
  });
}
