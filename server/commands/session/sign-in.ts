import 'server-only';
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { SessionId } from '@/domain/ids';
import { backOffMs } from '@/domain/session-rules';
import { database } from '@/server/database';
import type { Prisma } from '@/server/generated/prisma/client';
import { sessionLimits } from '@/server/session-settings';
import { hashPassword, passwordMatches } from './hash-password';
import { StrangerNames } from './stranger-names';

export const Credentials = z.object({ login: z.string().trim().toLowerCase().min(1).max(120), password: z.string().min(1).max(256) });

export type SignIn =
  | { readonly kind: 'signed-in'; readonly sessionId: SessionId }
  | { readonly kind: 'refused'; readonly reason: 'wrong' }
  | { readonly kind: 'refused'; readonly reason: 'wait'; readonly waitMs: number };

const strangers = new StrangerNames();
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
  const waiting = waitOf(user ?? strangers.get(login), now);
  if (waiting) return waiting;
  decoy ??= hashPassword(randomBytes(24).toString('base64'));
  const matches = await passwordMatches(user?.passwordHash ?? (await decoy), password);
  if (!user) return refusedFor(strangers.countFailure(login, now));
  return await database().$transaction(async (tx) => {
    // Guesses that arrived together all passed the look above; here they come one after the other, and only five are heard.
    const rows = await tx.$queryRaw`
      select failed_attempts as "failedAttempts", next_attempt_at as "nextAttemptAt"
      from app_user
      where id = ${user.id}::uuid
      for update`;
    const standing = Standing.parse((rows as unknown[])[0]);
    const late = waitOf(standing, now);
    if (late) return late;
    if (!matches || user.disabledAt) return await countFailure(tx, { userId: user.id, failedAttempts: standing.failedAttempts + 1, now });
    return await openSession(tx, { userId: user.id, now, userAgent });
  });
}

const Standing = z.object({ failedAttempts: z.int(), nextAttemptAt: z.date().nullable() });

function waitOf(name: { readonly nextAttemptAt: Date | null } | undefined, now: Date): SignIn | undefined {
  if (!name?.nextAttemptAt || name.nextAttemptAt <= now) return undefined;
  return { kind: 'refused', reason: 'wait', waitMs: name.nextAttemptAt.getTime() - now.getTime() };
}

function refusedFor(waitMs: number): SignIn {
  return waitMs > 0 ? { kind: 'refused', reason: 'wait', waitMs } : { kind: 'refused', reason: 'wrong' };
}

async function countFailure(
  tx: Prisma.TransactionClient,
  { userId, failedAttempts, now }: { readonly userId: string; readonly failedAttempts: number; readonly now: Date },
): Promise<SignIn> {
  const waitMs = backOffMs(failedAttempts);
  const nextAttemptAt = waitMs > 0 ? new Date(now.getTime() + waitMs) : null;
  await tx.appUser.update({ where: { id: userId }, data: { failedAttempts, nextAttemptAt } });
  await tx.auditEvent.create({
    data: { actorId: userId, action: 'session.refused', subjectType: 'user', subjectId: userId, detail: { failedAttempts } },
  });
  return refusedFor(waitMs);
}

async function openSession(
  tx: Prisma.TransactionClient,
  { userId, now, userAgent }: { readonly userId: string; readonly now: Date; readonly userAgent: string | null },
): Promise<SignIn> {
  await tx.appUser.update({ where: { id: userId }, data: { failedAttempts: 0, nextAttemptAt: null } });
  const session = await tx.appSession.create({
    data: {
      userId,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + sessionLimits().absoluteMs),
      userAgent: userAgent?.slice(0, 300) ?? null,
    },
  });
  await tx.auditEvent.create({
    data: { actorId: userId, sessionId: session.id, action: 'session.opened', subjectType: 'session', subjectId: session.id },
  });
  return { kind: 'signed-in', sessionId: SessionId.parse(session.id) };
}
