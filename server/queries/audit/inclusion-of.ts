import 'server-only';
import * as z from 'zod';
import { Checkpoint, type InclusionProof, leafText } from '@/domain/evidence/audit-tree';
import { isIncluded, leafHash } from '@/domain/evidence/merkle-tree';
import { database } from '@/server/database';
import { AUDIT_ROW_COLUMNS, auditLeafOf } from '@/server/evidence/audit-leaf';
import { inclusionPath } from '@/server/evidence/inclusion';
import { sha256Bytes } from '@/server/evidence/sha256';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';
import { withheld } from './audit-row';

const Row = z.object({
  id: z.string(),
  xid: z.string(),
  at: z.string(),
  actor: z.string().nullable(),
  session: z.string().nullable(),
  action: z.string(),
  subjectType: z.string(),
  subjectId: z.string(),
  salt: z.string(),
  detail: z.string(),
  index: z.string(),
  document: z.string(),
});

export type ProvenRow = { readonly proof: InclusionProof; readonly detail: string; readonly salt: string; readonly holds: boolean };

/**
 * The proof that a row is in the log as it stands now, and whether it holds; null while the row is not numbered. Of a row withheld from the
 * reader the proof is checked here, and its subject, detail and salt stay behind.
 */
export async function inclusionOf(actor: Actor, { id }: { id: string }): Promise<ProvenRow | null> {
  const [row] = z.array(Row).parse(
    await database().$queryRaw`
      select ${Prisma.raw(AUDIT_ROW_COLUMNS)}, l.leaf_index::text as index, c.document
      from audit_event e
      join audit_leaf l on l.event_id = e.id
      cross join lateral (select document from audit_checkpoint where tree_size > l.leaf_index order by tree_size limit 1) c
      where e.id = ${id}::bigint`,
  );
  if (!row) return null;
  const checkpoint = Checkpoint.parse(JSON.parse(row.document));
  const index = Number(row.index);
  const path = await inclusionPath({ leaf: index, size: checkpoint.size }, async (subtrees) => {
    const hashes = await database().$queryRaw`
      select coalesce(n.node_hash, l.leaf_hash) as hash
      from unnest(${subtrees.map(({ level }) => level)}::int[], ${subtrees.map((one) => one.index)}::bigint[]) with ordinality as p (level, index, n)
      left join audit_node n on p.level > 0 and n.level = p.level and n.node_index = p.index
      left join audit_leaf l on p.level = 0 and l.leaf_index = p.index
      order by p.n`;
    return z
      .array(z.object({ hash: z.instanceof(Uint8Array) }))
      .parse(hashes)
      .map(({ hash }) => hash);
  });
  const leaf = auditLeafOf(row);
  const holds = isIncluded(sha256Bytes, {
    leaf: index,
    size: checkpoint.size,
    leafHash: leafHash(sha256Bytes, Buffer.from(leafText(leaf))),
    root: Buffer.from(checkpoint.root, 'hex'),
    proof: path.map((hash) => Buffer.from(hash, 'hex')),
  });
  if (await withheld(actor, id))
    return { proof: { leaf: { ...leaf, subjectId: '' }, index, path, checkpoint }, detail: '', salt: '', holds };
  return { proof: { leaf, index, path, checkpoint }, detail: row.detail, salt: row.salt, holds };
}
