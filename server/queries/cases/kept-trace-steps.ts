import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import { type Actor, requirePermission } from '@/server/session';

/** Steps of a trace's picture that are too long for its address, by the id that stands for them; null where there are none. */
export async function keptTraceSteps(actor: Actor, { id }: { id: string }): Promise<string | null> {
  requirePermission(actor, 'transactions:view');
  const [kept] = z.array(z.object({ steps: z.string() })).parse(
    await database().$queryRaw`
      select k.steps
      from trace_canvas k
      where k.id = ${id}`,
  );
  return kept?.steps ?? null;
}
