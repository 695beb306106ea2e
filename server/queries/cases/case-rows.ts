import 'server-only';
import * as z from 'zod';
import type { CaseCursor, CaseFilter, CaseView } from '@/domain/cases/case-filter';
import { CASE_PARTS } from '@/domain/cases/case-parts';
import { CASE_STATUSES } from '@/domain/cases/case-state';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import { type Actor, requirePermission } from '@/server/session';
import { onCase } from './on-case';

export const CASE_PAGE_ROWS = 50;

const Row = z.object({
  id: z.string(),
  no: z.string(),
  title: z.string(),
  status: z.enum(CASE_STATUSES),
  openedAt: z.date(),
  updatedAt: z.string(),
  dueAt: z.date().nullable(),
  closedAt: z.date().nullable(),
  leadId: z.string().nullable(),
  leadName: z.string().nullable(),
  part: z.enum(CASE_PARTS),
  transactions: z.int(),
  alerts: z.int(),
  files: z.int(),
  checksDone: z.int(),
  checks: z.int(),
  held: z.boolean(),
});
export type CaseRow = z.infer<typeof Row>;
export type CasePage = { readonly rows: readonly CaseRow[]; readonly next: CaseCursor | null };

/** Cases that the actor is on, the last changed first, one page after `after`. */
export async function caseRows(
  actor: Actor,
  { filter, after, at, limit = CASE_PAGE_ROWS }: { filter: CaseFilter; after: CaseCursor | null; at: Date; limit?: number },
): Promise<CasePage> {
  requirePermission(actor, 'cases:view');
  const resumed = after ? Prisma.sql`and (c.updated_at, c.id) < (${after.updatedAt}::timestamptz, ${after.id}::bigint)` : Prisma.empty;
  const rows = z.array(Row).parse(
    await database().$queryRaw`
      select c.id::text as id, c.no, c.title, c.status, c.opened_at as "openedAt",
        to_json(c.updated_at at time zone 'UTC') #>> '{}' || '+00:00' as "updatedAt",
        c.due_at as "dueAt", c.closed_at as "closedAt", l.user_id::text as "leadId", u.display_name as "leadName", own.part,
        (select count(*)::int from case_transaction t where t.case_id = c.id) as transactions,
        (select count(*)::int from case_alert a where a.case_id = c.id) as alerts,
        (select count(*)::int from case_file f where f.case_id = c.id) as files,
        (select count(*)::int from case_check k where k.case_id = c.id and k.done_at is not null) as "checksDone",
        (select count(*)::int from case_check k where k.case_id = c.id) as checks,
        exists (select 1 from case_hold h where h.case_id = c.id and h.lifted_at is null) as held
      from case_record c
      join case_member own on own.case_id = c.id and own.user_id = ${actor.id}::uuid
      left join case_member l on l.case_id = c.id and l.part = 'lead'
      left join app_user u on u.id = l.user_id
      where ${viewOf(filter.view, actor, at)}
        ${searched(filter.q)}
        ${resumed}
      order by c.updated_at desc, c.id desc
      limit ${limit + 1}`,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last ? { updatedAt: last.updatedAt, id: last.id } : null };
}

const Counts = z.object({ open: z.int(), mine: z.int(), overdue: z.int(), closed: z.int(), all: z.int() });
export type CaseCounts = z.infer<typeof Counts>;

/** How many cases of the actor each view of the list holds, of those that match `q`. */
export async function caseCounts(actor: Actor, { q, at }: { q: string; at: Date }): Promise<CaseCounts> {
  requirePermission(actor, 'cases:view');
  const counted = (view: CaseView) => Prisma.sql`(count(*) filter (where ${viewOf(view, actor, at)}))::int`;
  const [counts] = z.tuple([Counts]).parse(
    await database().$queryRaw`
      select ${counted('open')} as open, ${counted('mine')} as mine, ${counted('overdue')} as overdue, ${counted('closed')} as closed,
        count(*)::int as all
      from case_record c
      where ${onCase(actor)}
        ${searched(q)}`,
  );
  return counts;
}

function viewOf(view: CaseView, actor: Actor, at: Date): Prisma.Sql {
  if (view === 'all') return Prisma.sql`true`;
  if (view === 'closed') return Prisma.sql`c.status = 'closed'`;
  if (view === 'overdue') return Prisma.sql`c.status <> 'closed' and c.due_at < ${at}`;
  if (view === 'mine')
    return Prisma.sql`c.status <> 'closed'
      and exists (select 1 from case_member m where m.case_id = c.id and m.user_id = ${actor.id}::uuid and m.part = 'lead')`;
  return Prisma.sql`c.status <> 'closed'`;
}

// Number, title and summary, and the people on it: what a person remembers of a case.
function searched(q: string): Prisma.Sql {
  if (q === '') return Prisma.empty;
  const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  return Prisma.sql`and (c.no ilike ${like} or c.title ilike ${like} or c.summary ilike ${like}
    or exists (
      select 1 from case_member m join app_user p on p.id = m.user_id where m.case_id = c.id and p.display_name ilike ${like}
    ))`;
}
