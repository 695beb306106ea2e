import { DAY_MS } from '../time-range';

/** valid → expiring → pending renewal → expired; revoked from any of them, for good. A renewed certificate is another certificate. */
export const CERTIFICATE_STATES = ['revoked', 'expired', 'expiring', 'pending-renewal', 'valid'] as const;
export type CertificateState = (typeof CERTIFICATE_STATES)[number];

/** So long before its end a certificate is expiring, where nobody set another span. */
export const EXPIRING_DAYS = 30;

export type CertificateLife = {
  readonly notAfterMs: number;
  readonly revokedAtMs: number | null;
  /** When its renewal was asked for. */
  readonly renewalAskedAtMs: number | null;
};

/** The state at `nowMs`. Asking for renewal before a certificate is expiring already makes it pending: nobody has to ask twice. */
export function certificateState(
  life: CertificateLife,
  { nowMs, expiringDays = EXPIRING_DAYS }: { nowMs: number; expiringDays?: number },
): CertificateState {
  if (life.revokedAtMs !== null && life.revokedAtMs <= nowMs) return 'revoked';
  if (life.notAfterMs <= nowMs) return 'expired';
  if (life.renewalAskedAtMs !== null && life.renewalAskedAtMs <= nowMs) return 'pending-renewal';
  return life.notAfterMs - nowMs <= expiringDays * DAY_MS ? 'expiring' : 'valid';
}

/** Which step may follow which; a state not listed cannot be left for it. */
export const CERTIFICATE_STEPS: Readonly<Record<CertificateState, readonly CertificateState[]>> = {
  valid: ['expiring', 'pending-renewal', 'expired', 'revoked'],
  expiring: ['pending-renewal', 'expired', 'revoked'],
  'pending-renewal': ['expired', 'revoked'],
  expired: ['revoked'],
  revoked: [],
};

/** Whole days left, rounded down; negative once it has ended. */
export function daysLeft(notAfterMs: number, nowMs: number): number {
  return Math.floor((notAfterMs - nowMs) / DAY_MS);
}

/** Of the certificates met at one place, the one in use: that met last, and of several met at once the one that ends last. */
export function certificateInUse<C extends { readonly lastSeenMs: number; readonly notAfterMs: number }>(met: readonly C[]): C | null {
  return met.reduce<C | null>(
    (best, one) =>
      !best || one.lastSeenMs > best.lastSeenMs || (one.lastSeenMs === best.lastSeenMs && one.notAfterMs > best.notAfterMs) ? one : best,
    null,
  );
}
