import 'server-only';
import { type CertificateState, certificateInUse, certificateState, daysLeft } from '@/domain/connectivity/certificate-state';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

export type LineCertificate = {
  readonly line: string;
  readonly party: 'server' | 'client';
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly lastSeenAt: Date;
  readonly renewalAskedAt: Date | null;
  readonly renewalNote: string | null;
  readonly revokedAt: Date | null;
  readonly state: CertificateState;
  readonly daysLeft: number;
  /** Others that were met at the same place before. */
  readonly earlier: number;
};

/** The certificate in use on each line of an institution, its own as a server and as a client, as of `at`. */
export async function certificates(actor: Actor, { institutionId, at }: { institutionId: number; at: Date }): Promise<LineCertificate[]> {
  if (actor.institutionId !== null && actor.institutionId !== institutionId) return [];
  const rows = await database().certificate.findMany({ where: { institutionId }, orderBy: [{ line: 'asc' }, { party: 'desc' }] });
  const places = grouped(rows);
  return [...places.values()].flatMap((met) => {
    const used = certificateInUse(met.map((one) => ({ ...one, lastSeenMs: one.lastSeenAt.getTime(), notAfterMs: one.notAfter.getTime() })));
    if (!used) return [];
    const life = {
      notAfterMs: used.notAfterMs,
      revokedAtMs: used.revokedAt?.getTime() ?? null,
      renewalAskedAtMs: used.renewalAskedAt?.getTime() ?? null,
    };
    return [
      {
        ...used,
        party: used.party === 'client' ? 'client' : 'server',
        state: certificateState(life, { nowMs: at.getTime() }),
        daysLeft: daysLeft(used.notAfterMs, at.getTime()),
        earlier: met.length - 1,
      } as const,
    ];
  });
}

type Place = { readonly line: string; readonly party: string };
const placeOf = ({ line, party }: Place) => `${line} ${party}`;

function grouped<R extends Place>(rows: readonly R[]): Map<string, R[]> {
  const places = new Map<string, R[]>();
  for (const row of rows) places.set(placeOf(row), [...(places.get(placeOf(row)) ?? []), row]);
  return places;
}
