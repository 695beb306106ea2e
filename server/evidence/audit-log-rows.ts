import 'server-only';
import type { ClientBase } from 'pg';
import type { Node } from '@/domain/evidence/merkle-tree';
import { AUDIT_ROW_COLUMNS, type AuditRow } from './audit-leaf';

const PAGE = 5_000;

export type LeafRow = {
  readonly index: number;
  readonly eventId: string;
  readonly xid: string;
  readonly hash: Buffer;
  /** The row itself; null where it is gone. */
  readonly event: AuditRow | null;
};

/** Leaves in order, each with its row. */
export async function* leafRows(client: ClientBase): AsyncGenerator<LeafRow, undefined> {
  for (let after = -1; ; ) {
    const { rows } = await client.query<AuditRow & { leaf: string; eventId: string; leafXid: string; hash: Buffer; found: boolean }>(
      `select l.leaf_index::text as leaf, l.event_id::text as "eventId", l.xid::text as "leafXid", l.leaf_hash as hash, e.id is not null as found,
         ${AUDIT_ROW_COLUMNS}
       from audit_leaf l
       left join audit_event e on e.id = l.event_id
       where l.leaf_index > $1
       order by l.leaf_index
       limit $2`,
      [after, PAGE],
    );
    for (const { leaf, eventId, leafXid, hash, found, ...event } of rows)
      yield { index: Number(leaf), eventId, xid: leafXid, hash, event: found ? event : null };
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = Number(last.leaf);
  }
}

/** Checkpoints by size. */
export async function* storedCheckpoints(
  client: ClientBase,
): AsyncGenerator<{ size: number; root: string; at: string; document: string }, undefined> {
  for (let after = '0'; ; ) {
    const { rows } = await client.query<{ size: string; root: string; at: Date; document: string }>(
      `select tree_size::text as size, encode(root_hash, 'hex') as root, at, document
       from audit_checkpoint
       where tree_size > $1
       order by tree_size
       limit $2`,
      [after, PAGE],
    );
    for (const row of rows) yield { ...row, size: Number(row.size), at: row.at.toISOString() };
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.size;
  }
}

/** The stored hashes of these subtrees, in their order. */
export async function storedNodes(client: ClientBase, nodes: readonly Node[]): Promise<readonly (Buffer | null)[]> {
  const { rows } = await client.query<{ hash: Buffer | null }>(
    `select n.node_hash as hash
     from unnest($1::int[], $2::bigint[]) with ordinality as p (level, index, n)
     left join audit_node n on n.level = p.level and n.node_index = p.index
     order by p.n`,
    [nodes.map(({ level }) => level), nodes.map(({ index }) => index)],
  );
  return rows.map(({ hash }) => hash);
}

const NAMED_MAX = 1_000;

/** Rows that no leaf has: those that should, being older than the last that has, and how many are only waiting. */
export async function lostAndPending(
  client: ClientBase,
  last: { xid: string; id: string },
): Promise<{ slipped: string[]; pending: number }> {
  const unsealed = 'from audit_event e where not exists (select from audit_leaf l where l.event_id = e.id)';
  const { rows: slipped } = await client.query<{ id: string }>(
    `select e.id::text as id ${unsealed} and (e.xid, e.id) <= ($1::xid8, $2::bigint) order by e.id limit $3`,
    [last.xid, last.id, NAMED_MAX],
  );
  const { rows: pending } = await client.query<{ count: number }>(
    `select count(*)::int as count ${unsealed} and (e.xid, e.id) > ($1::xid8, $2::bigint)`,
    [last.xid, last.id],
  );
  return { slipped: slipped.map(({ id }) => id), pending: pending[0]?.count ?? 0 };
}
