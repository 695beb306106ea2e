import 'server-only';
import * as z from 'zod';
import { readableText } from '@/domain/quarantine/readable-bytes';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';
import { type QuarantineScope, quarantineConditions } from './quarantine-conditions';
import { QuarantinedRow } from './quarantined-row';

export const PAGE_LINES = 100;
const EXCERPT_BYTES = 160;

const Row = QuarantinedRow.extend({ excerpt: z.instanceof(Uint8Array) });
export type QuarantinedLine = Omit<z.infer<typeof Row>, 'excerpt'> & { readonly excerpt: string };
export type QuarantinePage = { readonly lines: readonly QuarantinedLine[]; readonly next: string | null };

/** Refused lines, newest first, one page before the line `before`. */
export async function quarantinedLines(
  actor: Actor,
  { scope, before, locale }: { scope: QuarantineScope; before: string | null; locale: string },
): Promise<QuarantinePage> {
  const chinese = locale.startsWith('zh');
  const resumed = before === null ? Prisma.empty : Prisma.sql`and q.id < ${before}::bigint`;
  const rows = z.array(Row).parse(
    await database().$queryRaw`
      select q.id::text as id, q.reason, q.field, q.detail, q.feed, q.line_no as "lineNo", q.batch_id::text as "batchId",
        b.client_batch_id as "clientBatchId", i.code as "institutionCode",
        case when ${chinese} then i.short_zh else i.short_en end as "institutionName",
        substring(q.body from 1 for ${EXCERPT_BYTES}) as excerpt, q.body_length as "bodyLength",
        q.received_at as "receivedAt", q.resolved_at as "resolvedAt"
      from quarantined_line q
      left join institution i on i.id = q.institution_id
      left join feed_batch b on b.id = q.batch_id
      where ${quarantineConditions(scope, actor.institutionId)}
        ${resumed}
      order by q.id desc
      limit ${PAGE_LINES + 1}`,
  );
  const shown = rows.slice(0, PAGE_LINES);
  const lines = shown.map((row) => ({ ...row, excerpt: readableText(row.excerpt).replaceAll('\n', '⏎') }));
  return { lines, next: rows.length > PAGE_LINES ? (shown.at(-1)?.id ?? null) : null };
}
