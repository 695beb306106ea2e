import type { ClientBase } from 'pg';
import type { Position } from './position';

export type Batch = {
  readonly xid: string;
  readonly id: string;
  readonly feed: string;
  readonly rows: number;
  readonly firstAtMs: number | null;
  readonly lastAtMs: number | null;
  readonly receivedAtMs: number;
};

/** Feeds that say nothing of payments. */
export const WITHOUT_PAYMENTS: ReadonlySet<string> = new Set(['legs', 'heartbeats', 'debits', 'declarations']);
const BATCHES_MAX = 2_000;

const COLUMNS = `xid::text as xid, id::text as id, feed, accepted_count as rows,
  (date_part('epoch', first_accepted_at) * 1000)::double precision as "firstAtMs",
  (date_part('epoch', last_accepted_at) * 1000)::double precision as "lastAtMs",
  (date_part('epoch', received_at) * 1000)::double precision as "receivedAtMs"`;

/**
 * The next committed batches after a place, below every transaction that still runs, so that none is skipped; the chunk ends at the batch
 * that reaches `rowsMax`.
 */
export async function nextBatches(
  client: ClientBase,
  after: Position,
  rowsMax: number,
): Promise<{ readonly batches: readonly Batch[]; readonly more: boolean }> {
  const { rows } = await client.query<Batch>(
    `select ${COLUMNS}
     from feed_batch
     where (xid, id) > ($1::xid8, $2::bigint)
       and xid < pg_snapshot_xmin(pg_current_snapshot())
     order by feed_batch.xid, feed_batch.id
     limit $3`,
    [after.xid, after.batchId, BATCHES_MAX],
  );
  let sum = 0;
  const cut = rows.findIndex((batch) => {
    sum += batch.rows;
    return sum >= rowsMax;
  });
  if (cut === -1) return { batches: rows, more: rows.length === BATCHES_MAX };
  return { batches: rows.slice(0, cut + 1), more: cut + 1 < rows.length };
}

/** The very batches of an earlier chunk. */
export async function batchesBetween(client: ClientBase, after: Position, to: Position): Promise<readonly Batch[]> {
  const { rows } = await client.query<Batch>(
    `select ${COLUMNS}
     from feed_batch
     where (xid, id) > ($1::xid8, $2::bigint)
       and (xid, id) <= ($3::xid8, $4::bigint)
     order by feed_batch.xid, feed_batch.id`,
    [after.xid, after.batchId, to.xid, to.batchId],
  );
  return rows;
}
