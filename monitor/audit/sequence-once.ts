import type { ClientBase } from 'pg';
import { canonicalJson } from '@/domain/canonical-json';
import { MerkleEdge, type Node, peaksOf } from '@/domain/evidence/merkle-tree';
import { AUDIT_ROW_COLUMNS, type AuditRow, auditLeafHash } from '@/server/evidence/audit-leaf';
import { signCheckpoint } from '@/server/evidence/checkpoint';
import { sha256Bytes } from '@/server/evidence/sha256';
import type { Signer } from '@/server/evidence/signing';

/** Places where the process may die; tests kill it there. */
export type SequencePoint = 'rows read' | 'leaves written' | 'checkpoint written' | 'committed';

export type Sequenced = { readonly rows: number; readonly size: number; readonly more: boolean };

const ROWS_MAX = 2_000;

/**
 * Numbers the audit rows that have become visible since, without gaps, and signs what the tree comes to.
 *
 * Rows are taken in the order of (transaction id, id), and only below the oldest transaction that still runs: one that began earlier but
 * commits later has a smaller number than everything taken after it, so none is ever passed over.
 *
 * The client must be in no transaction. Throws, with everything rolled back, on any fault and where the tree itself was meddled with.
 */
export async function sequenceOnce(
  client: ClientBase,
  { signer, now, at = () => {} }: { signer: Signer; now: Date; at?: (point: SequencePoint) => void | Promise<void> },
): Promise<Sequenced> {
  await client.query('begin isolation level repeatable read');
  try {
    const stand = await standing(client);
    const { rows } = await client.query<AuditRow>(
      `select ${AUDIT_ROW_COLUMNS}
       from audit_event e
       where (e.xid, e.id) > ($1::xid8, $2::bigint)
         and e.xid < pg_snapshot_xmin(pg_current_snapshot())
       order by e.xid, e.id
       limit $3`,
      [stand.xid, stand.eventId, ROWS_MAX],
    );
    await at('rows read');
    if (rows.length === 0) {
      await client.query('rollback');
      return { rows: 0, size: stand.size, more: false };
    }
    const edge = await edgeOf(client, stand.size);
    const leaves = rows.map(auditLeafHash);
    const finished: Node[] = leaves.flatMap((leaf) => edge.append(leaf));
    await writeLeaves(client, stand.size, rows, leaves);
    await writeNodes(client, finished);
    await at('leaves written');
    await writeCheckpoint(client, signer, { edge, tree: stand.tree, now });
    await at('checkpoint written');
    await client.query('commit');
    await at('committed');
    return { rows: rows.length, size: edge.size, more: rows.length === ROWS_MAX };
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

/** The tree is not what it was left as: nothing is added to it until somebody has looked. */
export class MeddledTree extends Error {
  override readonly name = 'MeddledTree';
}

type Standing = { readonly tree: string; readonly size: number; readonly xid: string; readonly eventId: string };

async function standing(client: ClientBase): Promise<Standing> {
  const { rows } = await client.query<{ tree: string; size: string; signed: string; xid: string | null; eventId: string | null }>(
    `select t.id::text as tree, coalesce(l.leaf_index + 1, 0)::text as size, coalesce(c.tree_size, 0)::text as signed, l.xid::text as xid,
       l.event_id::text as "eventId"
     from audit_tree t
     left join lateral (select leaf_index, xid, event_id from audit_leaf order by leaf_index desc limit 1) l on true
     left join lateral (select tree_size from audit_checkpoint order by tree_size desc limit 1) c on true`,
  );
  const [row] = rows;
  if (!row) throw new MeddledTree('the audit tree has lost its name');
  if (row.size !== row.signed) throw new MeddledTree(`the audit tree has ${row.size} leaves and its last checkpoint is of ${row.signed}`);
  return { tree: row.tree, size: Number(row.size), xid: row.xid ?? '0', eventId: row.eventId ?? '0' };
}

/** The right edge of the tree, held against the root that was signed last. */
async function edgeOf(client: ClientBase, size: number): Promise<MerkleEdge> {
  const peaks = peaksOf(size);
  const { rows } = await client.query<{ level: number; index: string; hash: Buffer }>(
    `select p.level, p.index::text as index, coalesce(n.node_hash, l.leaf_hash) as hash
     from unnest($1::int[], $2::bigint[]) as p (level, index)
     left join audit_node n on p.level > 0 and n.level = p.level and n.node_index = p.index
     left join audit_leaf l on p.level = 0 and l.leaf_index = p.index`,
    [peaks.map(({ level }) => level), peaks.map(({ index }) => index)],
  );
  const edge = new MerkleEdge(sha256Bytes, size, (level, index) => {
    const found = rows.find((row) => row.level === level && Number(row.index) === index)?.hash;
    if (!found) throw new MeddledTree(`the audit tree has lost its subtree ${level}:${index}`);
    return found;
  });
  if (size === 0) return edge;
  const { rows: signed } = await client.query<{ root: Buffer }>('select root_hash as root from audit_checkpoint where tree_size = $1', [
    size,
  ]);
  if (!signed[0]?.root.equals(edge.root())) throw new MeddledTree('the audit tree does not come to the root that was signed');
  return edge;
}

async function writeLeaves(client: ClientBase, size: number, rows: readonly AuditRow[], leaves: readonly Uint8Array[]): Promise<void> {
  await client.query(
    `insert into audit_leaf (leaf_index, event_id, xid, leaf_hash)
     select $1::bigint + n - 1, id, xid::xid8, decode(hash, 'hex')
     from unnest($2::bigint[], $3::text[], $4::text[]) with ordinality as r (id, xid, hash, n)`,
    [size, rows.map(({ id }) => id), rows.map(({ xid }) => xid), leaves.map((leaf) => Buffer.from(leaf).toString('hex'))],
  );
}

async function writeNodes(client: ClientBase, nodes: readonly Node[]): Promise<void> {
  await client.query(
    `insert into audit_node (level, node_index, node_hash)
     select level, index, decode(hash, 'hex')
     from unnest($1::int[], $2::bigint[], $3::text[]) as r (level, index, hash)`,
    [nodes.map(({ level }) => level), nodes.map(({ index }) => index), nodes.map(({ hash }) => Buffer.from(hash).toString('hex'))],
  );
}

async function writeCheckpoint(
  client: ClientBase,
  signer: Signer,
  { edge, tree, now }: { edge: MerkleEdge; tree: string; now: Date },
): Promise<void> {
  const checkpoint = signCheckpoint(signer, { tree, size: edge.size, root: edge.root(), at: now });
  await client.query('insert into audit_checkpoint (tree_size, root_hash, at, document) values ($1, $2, $3, $4)', [
    edge.size,
    Buffer.from(edge.root()),
    now,
    canonicalJson(checkpoint),
  ]);
}
