import 'server-only';
import * as z from 'zod';
import type { ExportQuestion } from '@/domain/evidence/export-question';
import { database } from '@/server/database';

const Row = z.object({ xid: z.string(), batch: z.string(), dataAt: z.date().nullable() });

/** The newest moment that the figures on the screens are of. Null before the monitor has followed anything. */
export async function exportSnapshot(): Promise<ExportQuestion['snapshot'] | null> {
  const rows = await database().$queryRaw`
    select xid::text as xid, batch_id::text as batch, data_at as "dataAt" from monitor_watermark where name = 'follow'`;
  const [row] = z.array(Row).parse(rows);
  return row ? { xid: row.xid, batch: row.batch, dataAt: row.dataAt?.toISOString() ?? null } : null;
}

/** Whether a snapshot lies behind the monitor: what comes later in it than now would not be settled yet. */
export async function isFollowed({ xid, batch }: ExportQuestion['snapshot']): Promise<boolean> {
  const rows = await database().$queryRaw`
    select (xid, batch_id) >= (${xid}::xid8, ${batch}::bigint) as followed from monitor_watermark where name = 'follow'`;
  return z.array(z.object({ followed: z.boolean() })).parse(rows)[0]?.followed ?? false;
}
