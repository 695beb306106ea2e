import 'server-only';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { type Actor, requirePermission } from '@/server/session';

/** Writes down who took which report away, and how many rows it had. */
export async function auditedDownload(actor: Actor, { what, rows }: { what: string; rows: number }): Promise<void> {
  requirePermission(actor, 'institutions:view');
  await recordAudit(database(), actor, { action: 'report.downloaded', subject: { type: 'report', id: what }, detail: { rows } });
}
