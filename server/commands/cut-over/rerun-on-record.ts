import 'server-only';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { certificateDetail } from '@/server/queries/cut-over/certificates';
import { type Rerun, rerunCertificate } from '@/server/queries/cut-over/rerun-certificate';
import { type Actor, requirePermission } from '@/server/session';

/** Takes a certificate's evidence again, and puts on record who did and what came of it. Null where there is none that the actor may see. */
export async function rerunOnRecord(actor: Actor, { id }: { readonly id: string }): Promise<Rerun | null> {
  requirePermission(actor, 'cutover:view');
  const detail = /^[0-9a-f-]{36}$/.test(id) ? await certificateDetail(actor, id) : null;
  if (!detail) return null;
  const rerun = await rerunCertificate({ text: detail.evidenceText, evidence: detail.evidence });
  await recordAudit(database(), actor, {
    action: 'cut-over.certificate-rerun',
    subject: { type: 'cut-over-certificate', id },
    detail: { same: rerun.same, laterBatches: rerun.later.length, reasonsNow: rerun.reasonsNow.map(({ code }) => code) },
  });
  return rerun;
}
