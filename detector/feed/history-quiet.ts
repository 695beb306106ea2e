import type { ClientBase } from 'pg';
import type { Position } from './position';

/** How long ago a batch of history was last received after a place in the feed, in ms; null where none was. History lags its own reception by an hour. */
export async function sinceHistoryMs(client: ClientBase, after: Position): Promise<number | null> {
  const { rows } = await client.query<{ sinceMs: number | null }>(
    `select (date_part('epoch', clock_timestamp() - max(received_at)) * 1000)::double precision as "sinceMs"
     from feed_batch
     where (xid, id) > ($1::xid8, $2::bigint)
       and feed not in ('legs', 'heartbeats', 'debits', 'declarations', 'outcomes')
       and accepted_count >= 100
       and last_accepted_at < received_at - interval '1 hour'`,
    [after.xid, after.batchId],
  );
  return rows[0]?.sinceMs ?? null;
}
