import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { requireWholePlatform } from './whole-platform';

const Row = z.object({ lagMs: z.number() });

/** How long the oldest accepted batch has waited for the monitor, in milliseconds; 0 where the figures hold everything accepted. */
export async function monitorLag(actor: Actor): Promise<number> {
  requireWholePlatform(actor);
  const rows = await database().$queryRaw`
    select coalesce(extract(epoch from clock_timestamp() - min(b.received_at)) * 1000, 0)::float8 as "lagMs"
    from monitor_watermark w
    join feed_batch b on (b.xid, b.id) > (w.xid, w.batch_id)
    where w.name = 'follow'`;
  const [row] = z.array(Row).length(1).parse(rows);
  return row?.lagMs ?? 0;
}
