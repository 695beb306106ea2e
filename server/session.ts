import 'server-only';
import { cookies } from 'next/headers';
import { forbidden, unauthorized } from 'next/navigation';
import { decode } from 'next-auth/jwt';
import { cache } from 'react';
import type { SessionId, UserId } from '@/domain/ids';
import { allows, type Permission, type Role } from '@/domain/permissions';
import { touchSession } from './commands/session/touch-session';
import { environment } from './environment';
import { Forbidden } from './errors';
import { liveSession } from './queries/session/live-session';
import { sessionCookie } from './session-settings';

/** Who asks. `institutionId` is set for an institution's own people: they see that institution's rows and no others. */
export type Actor = {
  readonly id: UserId;
  readonly sessionId: SessionId;
  readonly login: string;
  readonly displayName: string;
  readonly role: Role;
  readonly institutionId: number | null;
};

/** Written by the browser at key strokes and clicks; see {@link lastInput}. */
const INPUT_COOKIE = 'headwater-input';

/**
 * The first line of every page, action and handler: who asks, and may they?
 * Nobody signed in is 401 (the sign-in page), somebody without the permission 403 (who can grant it).
 * Reads the database each time: a lock, a changed role and a sign-out act on the very next request.
 */
export async function requireActor(permission: Permission): Promise<Actor> {
  const actor = await presentActor();
  if (!actor) unauthorized();
  if (!allows(actor.role, permission)) {
    refusal().permission = permission;
    refusal().actor = actor;
    forbidden();
  }
  return actor;
}

/** For commands, which are called with an actor already known. Throws Forbidden. */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (!allows(actor.role, permission)) throw new Forbidden(permission);
}

/** What requireActor refused in this request, so that the page can say what is missing and who can grant it. */
export const refusal = cache((): { permission?: Permission; actor?: Actor } => ({}));

/** The person behind this request, or null. Everything but the sign-in page wants {@link requireActor} instead. */
export const presentActor = cache(async (): Promise<Actor | null> => {
  const jar = await cookies();
  const token = jar.get(sessionCookie().name)?.value;
  if (!token) return null;
  const claims = await decode({ token, secret: environment().NEXTAUTH_SECRET }).catch(() => null);
  if (typeof claims?.sid !== 'string') return null;
  const now = new Date();
  const session = await liveSession(claims.sid, now);
  if (session.kind === 'ended') return null;
  const activeAt = lastInput(jar.get(INPUT_COOKIE)?.value, now);
  await touchSession(session.actor.sessionId, { lastSeenAt: session.lastSeenAt, activeAt });
  return session.actor;
});

/** Whether this browser still carries the cookie of a session: asked where nobody is signed in, it tells an ended one from none at all. */
export async function hadSession(): Promise<boolean> {
  return (await cookies()).has(sessionCookie().name);
}

// A live page asks again every few seconds, which must not keep an abandoned screen signed in for ever:
// where the browser says when its person last did something, that is the activity; without it the request itself is.
function lastInput(cookie: string | undefined, now: Date): Date {
  const at = cookie && /^\d{10}$/.test(cookie) ? Number(cookie) * 1000 : now.getTime();
  return new Date(Math.min(at, now.getTime()));
}
