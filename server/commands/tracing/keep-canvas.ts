import 'server-only';
import { createHash } from 'node:crypto';
import { readSteps } from '@/domain/tracing/canvas/canvas-step';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { Invalid } from '@/server/errors';
import { type Actor, requirePermission } from '@/server/session';

/** No picture of at most STEPS_MAX steps with notes is longer. */
export const CANVAS_CHARACTERS_MAX = 400_000;

/**
 * Keeps the steps of a picture that are too long for an address, and gives the id that stands for them: a digest of them, so that the same
 * picture has one address and nobody finds one by guessing. Throws Forbidden, and Invalid for what is no picture.
 */
export async function keepCanvas(actor: Actor, steps: string): Promise<string> {
  requirePermission(actor, 'transactions:view');
  if (steps.length > CANVAS_CHARACTERS_MAX || readSteps(steps) === null) throw new Invalid('these are no steps of a picture');
  const id = createHash('sha256').update(steps).digest('base64url').slice(0, 22);
  await database().$transaction(async (tx) => {
    const { count } = await tx.traceCanvas.createMany({ data: [{ id, steps, keptBy: actor.id }], skipDuplicates: true });
    if (count > 0)
      await recordAudit(tx, actor, {
        action: 'trace.picture-kept',
        subject: { type: 'trace-picture', id },
        detail: { characters: steps.length },
      });
  });
  return id;
}
