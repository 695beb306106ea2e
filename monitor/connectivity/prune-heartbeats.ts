import type { ClientBase } from 'pg';
import { DAY_MS } from '@/domain/time-range';
import { isIn, pendingBatches } from '../reconcile/pending-batches';

/** What a line looked like a week ago is in its institution's figures; the beats themselves are no longer of use. */
export const HEARTBEATS_KEPT_MS = 7 * DAY_MS;
/** So many go at once, so that a chunk of payments never waits long for them. */
const ROWS_MAX = 20_000;

/**
 * Drops the oldest heartbeats that are no longer kept. Those that the monitor has not followed yet stay until it has. Returns how many went:
 * as many as `rowsMax`, or a few more of the same instant, means that there may be more.
 */
export async function pruneHeartbeats(client: ClientBase, nowMs: number, rowsMax = ROWS_MAX): Promise<number> {
  const keptFrom = new Date(nowMs - HEARTBEATS_KEPT_MS);
  const { rows } = await client.query<{ last: Date | null }>(
    `select max(sent_at) as last
     from (select sent_at from heartbeat where sent_at < $1 order by sent_at limit $2) oldest`,
    [keptFrom, rowsMax],
  );
  const last = rows[0]?.last;
  if (!last) return 0;
  const { pending } = await pendingBatches(client);
  // A Date drops microseconds: up to the next millisecond, and never beyond what is kept.
  const { rowCount } = await client.query(`delete from heartbeat where sent_at < least($1::timestamptz, $2) and ${isIn('batch_id')}`, [
    new Date(last.getTime() + 1),
    keptFrom,
    pending.listed,
    pending.newest,
  ]);
  return rowCount ?? 0;
}
