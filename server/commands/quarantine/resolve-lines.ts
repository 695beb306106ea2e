import 'server-only';
import * as z from 'zod';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { type Actor, requirePermission } from '@/server/session';

export const LINES_AT_ONCE = 200;
export const LineIds = z
  .array(z.string().regex(/^\d{1,18}$/))
  .min(1)
  .max(LINES_AT_ONCE);
export const ResolveLines = z.object({
  ids: LineIds,
  note: z
    .string()
    .trim()
    .min(2)
    .max(500)
    .regex(/^[^\p{C}]*$/u),
  at: z.date(),
});
export type ResolveLines = z.infer<typeof ResolveLines>;

/** Marks refused lines as dealt with, and says which: a line that somebody else resolved in the meantime keeps their note. */
export async function resolveLines(actor: Actor, input: ResolveLines): Promise<readonly string[]> {
  requirePermission(actor, 'quarantine:resolve');
  const { ids, note, at } = ResolveLines.parse(input);
  return await database().$transaction(async (tx) => {
    const resolved = await tx.quarantinedLine.updateManyAndReturn({
      where: { id: { in: ids.map(BigInt) }, resolvedAt: null },
      data: { resolvedAt: at, resolvedBy: actor.id, resolution: note },
      select: { id: true },
    });
    for (const { id } of resolved.sort((a, b) => Number(a.id - b.id)))
      await recordAudit(tx, actor, {
        action: 'quarantine.resolved',
        subject: { type: 'quarantined-line', id: String(id) },
        detail: { note },
      });
    return resolved.map(({ id }) => String(id));
  });
}
