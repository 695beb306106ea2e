import 'server-only';
import { Certificate } from '@/domain/cut-over/certificate';
import { Evidence } from '@/domain/cut-over/evidence';
import { WithheldReason } from '@/domain/cut-over/judge-evidence';
import { sha256 } from '@/server/cut-over/certificate-signature';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import type { CellId } from './cell-days';

export const CERTIFICATES_MAX = 100;
export type CertificateState = 'withheld' | 'requested' | 'issued' | 'declined';
export type CertificateRow = {
  readonly id: string;
  readonly institutionId: number;
  readonly bankId: number;
  readonly businessType: string;
  readonly state: CertificateState;
  readonly from: string;
  readonly to: string;
  readonly requestedAt: Date;
  readonly decidedAt: Date | null;
  readonly reasons: readonly WithheldReason[];
};

/** Requests and certificates, newest first: of one cell, or of all that the actor may see. */
export async function certificates(
  actor: Actor,
  { cell, state }: { cell?: Omit<CellId, 'currency'>; state?: CertificateState },
): Promise<{ readonly rows: readonly CertificateRow[]; readonly total: number }> {
  const where = {
    ...(cell ? { institutionId: cell.institutionId, bankId: cell.bankId, businessType: cell.businessType } : {}),
    ...(state ? { state } : {}),
    ...(actor.institutionId === null ? {} : { OR: [{ institutionId: actor.institutionId }, { bankId: actor.institutionId }] }),
  };
  const [rows, total] = await Promise.all([
    database().cutOverCertificate.findMany({ where, orderBy: { requestedAt: 'desc' }, take: CERTIFICATES_MAX }),
    database().cutOverCertificate.count({ where }),
  ]);
  return {
    total,
    rows: rows.map(({ id, institutionId, bankId, businessType, dayFrom, dayTo, requestedAt, decidedAt, ...row }) => ({
      id,
      institutionId,
      bankId,
      businessType,
      state: row.state as CertificateState,
      from: dayFrom.toISOString().slice(0, 10),
      to: dayTo.toISOString().slice(0, 10),
      requestedAt,
      decidedAt,
      reasons: WithheldReason.array().parse(row.reasons),
    })),
  };
}

export type CertificateDetail = CertificateRow & {
  readonly evidence: Evidence;
  readonly evidenceText: string;
  readonly evidenceSha256: string;
  readonly requestedBy: string;
  readonly requesterName: string;
  readonly requestNote: string;
  readonly deciderName: string | null;
  readonly decisionNote: string | null;
  readonly document: string | null;
  readonly certificate: Certificate | null;
};

/** One request or certificate with everything that it rests on; null where there is none that the actor may see. */
export async function certificateDetail(actor: Actor, id: string): Promise<CertificateDetail | null> {
  const row = await database().cutOverCertificate.findUnique({ where: { id } });
  if (!row || (actor.institutionId !== null && actor.institutionId !== row.institutionId && actor.institutionId !== row.bankId))
    return null;
  const people = await database().appUser.findMany({
    where: { id: { in: [row.requestedBy, ...(row.decidedBy ? [row.decidedBy] : [])] } },
    select: { id: true, displayName: true },
  });
  const nameOf = (person: string | null) => people.find((one) => one.id === person)?.displayName ?? null;
  return {
    id,
    institutionId: row.institutionId,
    bankId: row.bankId,
    businessType: row.businessType,
    state: row.state as CertificateState,
    from: row.dayFrom.toISOString().slice(0, 10),
    to: row.dayTo.toISOString().slice(0, 10),
    requestedAt: row.requestedAt,
    decidedAt: row.decidedAt,
    reasons: WithheldReason.array().parse(row.reasons),
    evidence: Evidence.parse(JSON.parse(row.evidence)),
    evidenceText: row.evidence,
    evidenceSha256: sha256(row.evidence),
    requestedBy: row.requestedBy,
    requesterName: nameOf(row.requestedBy) ?? '',
    requestNote: row.requestNote,
    deciderName: nameOf(row.decidedBy),
    decisionNote: row.decisionNote,
    document: row.document,
    certificate: row.document === null ? null : Certificate.parse(JSON.parse(row.document)),
  };
}
