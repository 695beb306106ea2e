/** Limits of one sign-in. `idleMs` counts from the last thing the person did, `absoluteMs` from signing in. */
export type SessionLimits = { readonly idleMs: number; readonly absoluteMs: number };

export type SessionRecord = {
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly userDisabledAt: Date | null;
};

export type SessionEnd = 'revoked' | 'disabled' | 'expired' | 'idle';

/** Why a session may not act at `now`, or undefined while it may. */
export function sessionEnd(session: SessionRecord, limits: Pick<SessionLimits, 'idleMs'>, now: Date): SessionEnd | undefined {
  if (session.revokedAt) return 'revoked';
  if (session.userDisabledAt) return 'disabled';
  if (session.expiresAt <= now) return 'expired';
  if (now.getTime() - session.lastSeenAt.getTime() >= limits.idleMs) return 'idle';
  return undefined;
}

const FREE_ATTEMPTS = 5;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/** How long a name must wait after its n-th failure in a row: nothing before the fifth, then 30 s doubling up to 15 min. */
export function backOffMs(failedAttempts: number): number {
  if (failedAttempts < FREE_ATTEMPTS) return 0;
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(20, failedAttempts - FREE_ATTEMPTS));
}
