import 'server-only';
import * as z from 'zod';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { type Actor, requirePermission } from '@/server/session';

export const SetAvailabilityTarget = z.object({ ppm: z.int().min(900_000).max(1_000_000), at: z.date() });
export type SetAvailabilityTarget = z.infer<typeof SetAvailabilityTarget>;

/** Sets the availability that is promised, for every institution and every month that is looked at from now on. */
export async function setAvailabilityTarget(actor: Actor, input: SetAvailabilityTarget): Promise<void> {
  requirePermission(actor, 'connectivity:operate');
  const { ppm, at } = SetAvailabilityTarget.parse(input);
  await database().$transaction(async (tx) => {
    const name = 'connectivity.target';
    const before = await tx.setting.findUnique({ where: { name } });
    await tx.setting.upsert({
      where: { name },
      create: { name, value: { ppm }, changedAt: at },
      update: { value: { ppm }, changedAt: at },
    });
    await recordAudit(tx, actor, {
      action: 'availability-target.set',
      subject: { type: 'setting', id: name },
      detail: { before: before?.value ?? null, ppm },
    });
  });
}
