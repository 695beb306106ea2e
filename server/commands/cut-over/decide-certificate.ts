import 'server-only';
import * as z from 'zod';
import { CERTIFICATE_FORMAT } from '@/domain/cut-over/certificate';
import { Evidence } from '@/domain/cut-over/evidence';
import { recordAudit } from '@/server/audit';
import { sha256, signCertificate } from '@/server/cut-over/certificate-signature';
import { database } from '@/server/database';
import { environment } from '@/server/environment';
import { Conflict, NotFound } from '@/server/errors';
import { sidesOf } from '@/server/queries/cut-over/gather-evidence';
import { repeatEvidence } from '@/server/queries/cut-over/repeat-evidence';
import { type Actor, requirePermission } from '@/server/session';
import { Note } from './cell';

export const DecideCertificate = z.object({
  id: z.uuid(),
  approve: z.boolean(),
  /** SHA-256 of the evidence that the person saw. */
  evidenceSha256: z.string().regex(/^[0-9a-f]{64}$/),
  note: Note,
});
export type DecideCertificate = z.infer<typeof DecideCertificate>;
export type DecidedCertificate =
  | { readonly kind: 'issued' | 'declined' }
  | { readonly kind: 'refused'; readonly reason: 'same-person' | 'already-decided' | 'evidence-differs' };

/**
 * The second person's decision. Before it signs, it takes the evidence again from the rows below the same watermark: unless that gives
 * the very bytes which both people saw, nothing is signed.
 */
export async function decideCertificate(actor: Actor, input: DecideCertificate): Promise<DecidedCertificate> {
  requirePermission(actor, 'cutover:govern');
  const { id, approve, evidenceSha256, note } = DecideCertificate.parse(input);
  const asked = await database().cutOverCertificate.findUnique({ where: { id } });
  if (!asked) throw new NotFound('there is no such certificate');
  if (asked.requestedBy === actor.id) return { kind: 'refused', reason: 'same-person' };
  if (asked.state !== 'requested') return { kind: 'refused', reason: 'already-decided' };
  const evidence = Evidence.parse(JSON.parse(asked.evidence));
  if (approve && (await repeatEvidence(evidence)) !== asked.evidence) return { kind: 'refused', reason: 'evidence-differs' };
  if (sha256(asked.evidence) !== evidenceSha256) return { kind: 'refused', reason: 'evidence-differs' };
  const at = new Date();
  const document = approve ? await documentOf({ id, evidence, asked, actor, at, note }) : null;
  return await database().$transaction(async (tx) => {
    const { count } = await tx.cutOverCertificate.updateMany({
      where: { id, state: 'requested' },
      data: { state: approve ? 'issued' : 'declined', decidedBy: actor.id, decidedAt: at, decisionNote: note, document },
    });
    if (count === 0) throw new Conflict('somebody else decided a moment ago');
    await recordAudit(tx, actor, {
      action: approve ? 'cut-over.certificate-issued' : 'cut-over.certificate-declined',
      subject: { type: 'cut-over-certificate', id },
      detail: { evidenceSha256, note, ...(document === null ? {} : { documentSha256: sha256(document) }) },
    });
    return { kind: approve ? 'issued' : 'declined' } as const;
  });
}

async function documentOf(input: {
  id: string;
  evidence: Evidence;
  asked: { evidence: string; requestedBy: string; requestedAt: Date; requestNote: string };
  actor: Actor;
  at: Date;
  note: string;
}): Promise<string> {
  const { id, evidence, asked, actor, at, note } = input;
  const [requester, { payment, holder }] = await Promise.all([
    database().appUser.findUniqueOrThrow({ where: { id: asked.requestedBy } }),
    sidesOf(evidence.subject),
  ]);
  return signCertificate(
    {
      format: CERTIFICATE_FORMAT,
      id,
      names: { institution: { zh: payment.nameZh, en: payment.nameEn }, bank: { zh: holder.nameZh, en: holder.nameEn } },
      evidence,
      evidenceSha256: sha256(asked.evidence),
      requested: { login: requester.login, name: requester.displayName, at: asked.requestedAt.toISOString(), note: asked.requestNote },
      approved: { login: actor.login, name: actor.displayName, at: at.toISOString(), note },
    },
    environment().HEADWATER_RECEIPT_KEY,
  );
}
