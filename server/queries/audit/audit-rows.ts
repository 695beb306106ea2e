import 'server-only';
import * as z from 'zod';
import { type AuditFilter, PLATFORM } from '@/domain/evidence/audit-filter';
import type { TimeRange } from '@/domain/time-range';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';
import { isWithheldFrom } from './need-to-know';

export const AUDIT_PAGE_ROWS = 100;

const Row = z.object({
  id: z.string(),
  at: z.date(),
  login: z.string().nullable(),
  name: z.string().nullable(),
  action: z.string(),
  subjectType: z.string(),
  subjectId: z.string(),
  detail: z.record(z.string(), z.unknown()),
  index: z.string().nullable(),
  checkpoint: z.string().nullable(),
  isWithheld: z.boolean(),
});
export type AuditRowShown = z.infer<typeof Row>;
export type AuditPage = { readonly rows: readonly AuditRowShown[]; readonly next: string | null };

type Question = { readonly filter: AuditFilter; readonly range: TimeRange | null; readonly before: string | null };

/** Who saw and did what, newest first, one page before the row `before`; with each row the checkpoint that proves it. */
export async function auditRows(actor: Actor, { filter, range, before }: Question): Promise<AuditPage> {
  const resumed = before === null ? Prisma.empty : Prisma.sql`and e.id < ${before}::bigint`;
  const rows = z.array(Row).parse(
    await database().$queryRaw`
      select e.id::text as id, e.at, u.login, u.display_name as name, e.action, e.subject_type as "subjectType", 
        case when w.held then '' else e.subject_id end as "subjectId",
        case when w.held then '{}' else e.detail end as detail, w.held as "isWithheld", l.leaf_index::text as index, c.tree_size::text as checkpoint
      from audit_event e
      cross join lateral (select ${isWithheldFrom(actor)} as held) w
      left join app_user u on u.id = e.actor_id
      left join audit_leaf l on l.event_id = e.id
      left join lateral (select tree_size from audit_checkpoint where tree_size > l.leaf_index order by tree_size limit 1) c on true
      where ${conditions(filter, range)}
        ${resumed}
      order by e.id desc
      limit ${AUDIT_PAGE_ROWS + 1}`,
  );
  const shown = rows.slice(0, AUDIT_PAGE_ROWS);
  return { rows: shown, next: rows.length > AUDIT_PAGE_ROWS ? (shown.at(-1)?.id ?? null) : null };
}

function conditions({ actor, action, subject }: AuditFilter, range: TimeRange | null): Prisma.Sql {
  const all = [Prisma.sql`true`];
  if (actor === PLATFORM) all.push(Prisma.sql`e.actor_id is null`);
  else if (actor !== null) all.push(Prisma.sql`e.actor_id = (select id from app_user where login = ${actor})`);
  if (action?.includes('.')) all.push(Prisma.sql`e.action = ${action}`);
  else if (action !== null) all.push(Prisma.sql`starts_with(e.action, ${`${action}.`})`);
  if (subject !== null) all.push(Prisma.sql`e.subject_type = ${subject.type}`);
  if (subject !== null && subject.id !== null) all.push(Prisma.sql`e.subject_id = ${subject.id} and not w.held`);
  if (range !== null) all.push(Prisma.sql`e.at >= ${range.from} and e.at < ${range.to}`);
  return Prisma.join(all, ' and ');
}
