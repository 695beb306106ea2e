import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

/** Where a row stands in the tree, and the first checkpoint that covers it; null while it is not numbered. */
export async function provedBy(
  _actor: Actor,
  { eventId }: { eventId: bigint },
): Promise<{ readonly eventId: string; readonly index: string; readonly checkpoint: string } | null> {
  const rows = await database().$queryRaw`
    select l.event_id::text as "eventId", l.leaf_index::text as index, c.tree_size::text as checkpoint
    from audit_leaf l
    cross join lateral (select tree_size from audit_checkpoint where tree_size > l.leaf_index order by tree_size limit 1) c
    where l.event_id = ${eventId}`;
  return z.array(z.object({ eventId: z.string(), index: z.string(), checkpoint: z.string() })).parse(rows)[0] ?? null;
}
