import type { ClientBase } from 'pg';
import { WATERMARK } from '../follow';

/** Batches that are no part of the roll-ups yet: those listed, and all with a number beyond `newest`. */
export type Pending = { readonly listed: readonly string[]; readonly newest: string };

/** A batch may be committed after so many that were opened later. */
const OPENED_LATER_MAX = 20_000;

/**
 * The batch that the roll-ups stand at, and what is still to come. Numbers that are not there yet count as pending, too: where tables are
 * spread, rows of a batch may be seen on their servers a moment before the batch itself is here.
 */
export async function pendingBatches(client: ClientBase): Promise<{ batchId: string; pending: Pending }> {
  const { rows } = await client.query<{ batchId: string; newest: string; listed: string[] }>(
    `with newest as (
       select coalesce(max(id), 0) as id from feed_batch
     ),
     watermark as (
       select coalesce(max(xid), '0'::xid8) as xid, coalesce(max(batch_id), 0) as batch_id from monitor_watermark where name = $1
     )
     select watermark.batch_id::text as "batchId", newest.id::text as newest,
       array(select b.id::text from feed_batch b where (b.xid, b.id) > (watermark.xid, watermark.batch_id)
         union all
         select n::text from generate_series(greatest(newest.id - $2, 1), newest.id) as n
         where not exists (select 1 from feed_batch b where b.id = n)) as listed
     from watermark, newest`,
    [WATERMARK, OPENED_LATER_MAX],
  );
  const [{ batchId, ...pending }] = rows as [{ batchId: string; newest: string; listed: string[] }];
  return { batchId, pending };
}

/** Whether a batch is part of the roll-ups: not one of those that parameters 3 and 4 say are pending. */
export function isIn(batchId: string): string {
  return `(${batchId} <= $4::bigint and ${batchId} <> all($3::bigint[]))`;
}
