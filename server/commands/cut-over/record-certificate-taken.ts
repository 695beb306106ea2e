import 'server-only';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { type Actor, requirePermission } from '@/server/session';

/** Puts on record that somebody took a certificate out of the house. */
export async function recordCertificateTaken(actor: Actor, { id }: { readonly id: string }): Promise<void> {
  requirePermission(actor, 'cutover:view');
  await recordAudit(database(), actor, { action: 'cut-over.certificate-taken', subject: { type: 'cut-over-certificate', id } });
}
