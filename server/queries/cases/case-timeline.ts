import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import { type Actor, requirePermission } from '@/server/session';
import { onCase } from './on-case';

const Row = z.object({ id: z.string(), at: z.date(), by: z.string(), kind: z.string(), detail: z.record(z.string(), z.unknown()) });
export type CaseEventRow = z.infer<typeof Row> & {
  /** Whom the event is about, where it is about a person. */ readonly person: string | null;
};
export type CaseTimeline = { readonly events: readonly CaseEventRow[]; readonly total: number };

/** What happened to a case, the newest first, and how much there is in all. Empty for who is not on it. */
export async function caseTimeline(actor: Actor, { no, limit }: { no: string; limit: number }): Promise<CaseTimeline> {
  requirePermission(actor, 'cases:view');
  const rows = z.array(Row.extend({ person: z.string().nullable(), total: z.int() })).parse(
    await database().$queryRaw`
      select e.id::text as id, e.at, u.display_name as by, e.kind, e.detail, p.display_name as person, (count(*) over ())::int as total
      from case_event e
      join case_record c on c.id = e.case_id
      join app_user u on u.id = e.actor_id
      left join app_user p on p.id::text = e.detail ->> 'person'
      where c.no = ${no} and ${onCase(actor)}
      order by e.id desc
      limit ${limit}`,
  );
  return { events: rows.map(({ total: _, ...event }) => event), total: rows[0]?.total ?? 0 };
}
