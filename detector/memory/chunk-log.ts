import type { ClientBase } from 'pg';
import type { Position } from '../feed/position';
import type { Place } from './snapshot';

export type LoggedChunk = { readonly seq: number; readonly end: Position; readonly movements: number };

/** Notes where a chunk ended, in the transaction that writes what was found in it. */
export async function logChunk(
  client: ClientBase,
  { seq, generation, position }: Place,
  movements: number,
  rulesHash: string,
): Promise<void> {
  await client.query(
    `insert into detection_chunk (seq, generation, xid, batch_id, movements, rules_hash)
     values ($1, $2, $3::xid8, $4, $5, $6)`,
    [seq, generation, position.xid, position.batchId, movements, rulesHash],
  );
}

/** The chunks that were taken after a snapshot, in their order. */
export async function chunksAfter(client: ClientBase, { seq, generation }: Place): Promise<readonly LoggedChunk[]> {
  const { rows } = await client.query<{ seq: string; xid: string; batchId: string; movements: number }>(
    `select seq::text as seq, xid::text as xid, batch_id::text as "batchId", movements
     from detection_chunk
     where seq > $1
       and generation = $2
     order by detection_chunk.seq`,
    [seq, generation],
  );
  return rows.map((row) => ({ seq: Number(row.seq), end: { xid: row.xid, batchId: row.batchId }, movements: row.movements }));
}
