import 'server-only';
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { canonicalJson } from '@/domain/canonical-json';
import { judgeEvidence, type WithheldReason } from '@/domain/cut-over/judge-evidence';
import { recordAudit } from '@/server/audit';
import { sha256 } from '@/server/cut-over/certificate-signature';
import { database } from '@/server/database';
import { Invalid } from '@/server/errors';
import { cutOverSettings } from '@/server/queries/cut-over/cut-over-settings';
import { followedUpTo } from '@/server/queries/cut-over/evidence-surroundings';
import { gatherEvidence, sidesOf } from '@/server/queries/cut-over/gather-evidence';
import { type Actor, requirePermission } from '@/server/session';
import { CellCodes, cellText, Note } from './cell';

export const RequestCertificate = CellCodes.extend({
  currency: z.string().regex(/^[A-Z]{3}$/),
  from: z.iso.date(),
  to: z.iso.date(),
  note: Note,
}).refine(({ from, to }) => from <= to && Date.parse(to) - Date.parse(from) < 400 * 86_400_000, { path: ['to'] });
export type RequestCertificate = z.infer<typeof RequestCertificate>;
export type RequestedCertificate =
  | { readonly kind: 'requested'; readonly id: string }
  | { readonly kind: 'withheld'; readonly id: string; readonly reasons: readonly WithheldReason[] };

/**
 * Takes the evidence for a certificate as it stands below the follower's watermark. Where it proves the cut-over, the request waits for a
 * second person; where it does not, the refusal is kept with its reasons and its evidence. Nothing is signed here.
 */
export async function requestCertificate(actor: Actor, input: RequestCertificate): Promise<RequestedCertificate> {
  requirePermission(actor, 'cutover:govern');
  const { note, currency, from, to, ...codes } = RequestCertificate.parse(input);
  const [{ institutionId, bankId }, settings, watermark] = await Promise.all([sidesOf(codes), cutOverSettings(), followedUpTo()]);
  if (!watermark) throw new Invalid('the monitor has not followed anything yet');
  const { minimumDays, coverageMinPercent } = settings;
  const evidence = await gatherEvidence({ ...codes, currency, from, to, watermark, at: new Date(), minimumDays, coverageMinPercent });
  const text = canonicalJson(evidence);
  const reasons = judgeEvidence(evidence);
  const id = randomUUID();
  const state = reasons.length === 0 ? 'requested' : 'withheld';
  await database().$transaction(async (tx) => {
    await tx.$executeRaw`
      insert into cut_over_certificate (id, institution_id, bank_id, business_type, currency, day_from, day_to, state, watermark_xid,
        watermark_batch_id, evidence, evidence_digest, reasons, requested_by, requested_at, request_note)
      values (${id}::uuid, ${institutionId}, ${bankId}, ${codes.businessType}::business_type, ${currency}, ${from}::date, ${to}::date, ${state},
        ${watermark.xid}::xid8, ${watermark.batch}::bigint, ${text}, ${Buffer.from(sha256(text), 'hex')}, ${JSON.stringify(reasons)}::jsonb,
        ${actor.id}::uuid, ${evidence.watermark.at}::timestamptz, ${note})`;
    await recordAudit(tx, actor, {
      action: `cut-over.certificate-${state}`,
      subject: { type: 'cut-over-certificate', id },
      detail: { cell: cellText(codes), from, to, evidenceSha256: sha256(text), reasons: reasons.map(({ code }) => code), note },
    });
  });
  return reasons.length === 0 ? { kind: 'requested', id } : { kind: 'withheld', id, reasons };
}
