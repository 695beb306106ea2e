import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

const Checkpoint = z.object({ size: z.string(), root: z.string(), at: z.date() });
export type AuditStanding = {
  readonly tree: string;
  readonly rows: string;
  /** Written, and not numbered yet. */
  readonly pending: string;
  /** The newest, newest first. */
  readonly checkpoints: readonly z.infer<typeof Checkpoint>[];
};

const CHECKPOINTS_SHOWN = 12;

/** How far the log is numbered and signed. */
export async function auditStanding(_actor: Actor): Promise<AuditStanding> {
  const [counts, checkpoints] = await Promise.all([
    database().$queryRaw`
      select t.id::text as tree, coalesce(l.leaf_index + 1, 0)::text as rows,
        (select count(*) from audit_event e where e.xid >= coalesce(l.xid, '0'::xid8)
          and not exists (select from audit_leaf k where k.event_id = e.id))::text as pending
      from audit_tree t
      left join lateral (select leaf_index, xid from audit_leaf order by leaf_index desc limit 1) l on true`,
    database().$queryRaw`
      select tree_size::text as size, encode(root_hash, 'hex') as root, at
      from audit_checkpoint
      order by tree_size desc
      limit ${CHECKPOINTS_SHOWN}`,
  ]);
  const [standing] = z.array(z.object({ tree: z.string(), rows: z.string(), pending: z.string() })).parse(counts);
  if (!standing) throw new Error('the audit tree has lost its name');
  return { ...standing, checkpoints: z.array(Checkpoint).parse(checkpoints) };
}
