import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { QuarantinedRow } from './quarantined-row';

const Row = QuarantinedRow.extend({
  body: z.instanceof(Uint8Array),
  bodyDigest: z.string(),
  resolvedBy: z.string().nullable(),
  resolution: z.string().nullable(),
});
/** `body` is the part that is kept; `bodyLength` counts the bytes that came. */
export type QuarantinedLineDetail = z.infer<typeof Row>;

const KEPT_BYTES_SHOWN = 64 * 1024;

/** One refused line with its bytes; null where there is none that the actor may see. */
export async function quarantinedLine(actor: Actor, { id, locale }: { id: string; locale: string }): Promise<QuarantinedLineDetail | null> {
  if (!/^\d{1,18}$/.test(id)) return null;
  const chinese = locale.startsWith('zh');
  const rows = await database().$queryRaw`
    select q.id::text as id, q.reason, q.field, q.detail, q.feed, q.line_no as "lineNo", q.batch_id::text as "batchId",
      b.client_batch_id as "clientBatchId", i.code as "institutionCode",
      case when ${chinese} then i.name_zh else i.name_en end as "institutionName",
      substring(q.body from 1 for ${KEPT_BYTES_SHOWN}) as body, q.body_length as "bodyLength",
      encode(q.body_digest, 'hex') as "bodyDigest", q.received_at as "receivedAt", q.resolved_at as "resolvedAt",
      u.display_name as "resolvedBy", q.resolution
    from quarantined_line q
    left join institution i on i.id = q.institution_id
    left join feed_batch b on b.id = q.batch_id
    left join app_user u on u.id = q.resolved_by
    where q.id = ${id}::bigint
      and (${actor.institutionId}::int is null or q.institution_id = ${actor.institutionId}::int)`;
  return z.array(Row).parse(rows)[0] ?? null;
}
