import 'server-only';
import * as z from 'zod';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { Conflict } from '@/server/errors';
import { type Actor, requirePermission } from '@/server/session';

export const CancelStop = z.object({ id: z.string().regex(/^\d{1,18}$/), at: z.date() });
export type CancelStop = z.infer<typeof CancelStop>;

/** Takes an announced stop back. What it already excused stays excused: only the time from now on counts again. */
export async function cancelStop(actor: Actor, input: CancelStop): Promise<void> {
  requirePermission(actor, 'connectivity:operate');
  const { id, at } = CancelStop.parse(input);
  await database().$transaction(async (tx) => {
    const { count } = await tx.plannedWindow.updateMany({
      where: { id: BigInt(id), cancelledAt: null, toAt: { gt: at } },
      data: { cancelledAt: at, cancelledBy: actor.id },
    });
    if (count === 0) throw new Conflict('the stop is over or was taken back already');
    await recordAudit(tx, actor, { action: 'stop.cancelled', subject: { type: 'planned-stop', id } });
  });
}
