import 'server-only';
import * as z from 'zod';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { type Actor, requirePermission } from '@/server/session';
import { LineIds } from './resolve-lines';

export const ReopenLines = z.object({ ids: LineIds });
export type ReopenLines = z.infer<typeof ReopenLines>;

/** Takes resolutions back, and says of which lines; what the note said stays in the audit log. */
export async function reopenLines(actor: Actor, input: ReopenLines): Promise<readonly string[]> {
  requirePermission(actor, 'quarantine:resolve');
  const { ids } = ReopenLines.parse(input);
  return await database().$transaction(async (tx) => {
    const before = await tx.quarantinedLine.findMany({
      where: { id: { in: ids.map(BigInt) }, resolvedAt: { not: null } },
      select: { id: true, resolution: true },
    });
    const reopened = await tx.quarantinedLine.updateManyAndReturn({
      where: { id: { in: before.map(({ id }) => id) }, resolvedAt: { not: null } },
      data: { resolvedAt: null, resolvedBy: null, resolution: null },
      select: { id: true },
    });
    for (const { id } of reopened.sort((a, b) => Number(a.id - b.id)))
      await recordAudit(tx, actor, {
        action: 'quarantine.reopened',
        subject: { type: 'quarantined-line', id: String(id) },
        detail: { note: before.find((line) => line.id === id)?.resolution ?? null },
      });
    return reopened.map(({ id }) => String(id));
  });
}
