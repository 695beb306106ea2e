import 'server-only';
import { CANCELLABLE } from '@/domain/evidence/export-question';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { type Actor, requirePermission } from '@/server/session';

export type CancelledExport = { readonly kind: 'cancelled' | 'too-late' };

/** Calls off one's own export that is not ready yet; what was written of it goes at once. */
export async function cancelExport(actor: Actor, { id }: { id: string }): Promise<CancelledExport> {
  requirePermission(actor, 'exports:request');
  return await database().$transaction(async (tx) => {
    const { count } = await tx.exportJob.updateMany({
      where: { id, requestedBy: actor.id, state: { in: [...CANCELLABLE] } },
      data: { state: 'cancelled', updatedAt: new Date() },
    });
    if (count === 0) return { kind: 'too-late' };
    await tx.exportPiece.deleteMany({ where: { jobId: id } });
    await tx.exportFile.deleteMany({ where: { jobId: id } });
    await recordAudit(tx, actor, { action: 'export.cancelled', subject: { type: 'export', id } });
    return { kind: 'cancelled' };
  });
}
