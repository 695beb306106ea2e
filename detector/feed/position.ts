import type { ClientBase } from 'pg';

/** A place in the feed: everything up to this batch has been taken. Batches are ordered by (transaction id, batch id), see monitor/follow.ts. */
export type Position = { readonly xid: string; readonly batchId: string };

export const START: Position = { xid: '0', batchId: '0' };
export const DETECTION_WATERMARK = 'detection';

export async function readPosition(client: ClientBase): Promise<Position> {
  const { rows } = await client.query<Position>(
    `select xid::text as xid, batch_id::text as "batchId"
     from monitor_watermark
     where name = $1`,
    [DETECTION_WATERMARK],
  );
  return rows[0] ?? START;
}

/** Moves the place on, within the transaction that writes what was found up to there. Throws where somebody else moved it. */
export async function movePosition(client: ClientBase, from: Position, to: Position, dataAtMs: number | null): Promise<void> {
  const { rowCount } = await client.query(
    `insert into monitor_watermark as w (name, xid, batch_id, data_at)
     values ($1, $2::xid8, $3, to_timestamp($6::double precision))
     on conflict (name) do update
     set xid = excluded.xid, batch_id = excluded.batch_id, data_at = greatest(w.data_at, excluded.data_at), moved_at = clock_timestamp()
     where (w.xid, w.batch_id) = ($4::xid8, $5::bigint)`,
    [DETECTION_WATERMARK, to.xid, to.batchId, from.xid, from.batchId, dataAtMs === null ? null : dataAtMs / 1000],
  );
  if (rowCount !== 1) throw new Error('the place in the feed was moved by somebody else: two detectors write at once');
}
