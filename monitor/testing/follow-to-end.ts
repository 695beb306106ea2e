import type { ClientBase } from 'pg';
import { type FollowOptions, followOnce, WATERMARK } from '../follow';

/**
 * Follows until no committed batch is left. One look may find nothing while there is something: a transaction that began before and still
 * runs, in any database of the server, holds back what was committed after it.
 */
export async function followToEnd(client: ClientBase, options: FollowOptions): Promise<void> {
  for (let left = true; left; ) {
    const { batches } = await followOnce(client, options);
    if (batches === 0) await client.query('select pg_sleep(0.01)');
    const { rows } = await client.query<{ left: boolean }>(
      `select exists (select 1 from feed_batch b where not exists (
         select 1 from monitor_watermark w where w.name = $1 and (b.xid, b.id) <= (w.xid, w.batch_id))) as left`,
      [options.watermark ?? WATERMARK],
    );
    left = rows[0]?.left ?? false;
  }
}
