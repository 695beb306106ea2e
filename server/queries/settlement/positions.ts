import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';

const Row = z.object({
  institutionId: z.int(),
  code: z.string(),
  name: z.string(),
  kind: z.string(),
  inMinor: z.coerce.bigint(),
  outMinor: z.coerce.bigint(),
  inCount: z.coerce.bigint(),
  outCount: z.coerce.bigint(),
  /** Only in the institution's own currency. */
  capMinor: z.coerce.bigint().nullable(),
  /** The lowest net position at the end of any minute, and when; null where the minutes are no longer kept. */
  lowestMinor: z.coerce.bigint().nullable(),
  lowestAt: z.date().nullable(),
  /** out − in over the pace's minutes before `asOf`. */
  recentOutflowMinor: z.coerce.bigint(),
  agentMinor: z.coerce.bigint().nullable(),
  agentAt: z.date().nullable(),
});
export type PositionRow = z.infer<typeof Row>;

/** Every participant's position in one session and currency, the deepest debit first; an institution's own people see theirs. */
export async function positions(
  actor: Actor,
  asked: { no: string; currency: string; locale: string; asOf: Date; paceMinutes: number; institutionId?: number },
): Promise<readonly PositionRow[]> {
  const { no, currency, asOf, paceMinutes } = asked;
  const only = actor.institutionId ?? asked.institutionId ?? null;
  const whose = only === null ? Prisma.empty : Prisma.sql`and p.institution_id = ${only}`;
  const chinese = asked.locale.startsWith('zh');
  const rows = await database().$queryRaw`
    with way as (
      select m.institution_id, m.minute, sum(m.in_minor - m.out_minor) over (partition by m.institution_id order by m.minute) as net
      from settlement_minute m
      where m.session_no = ${no} and m.currency = ${currency}
    ),
    lowest as (
      select distinct on (institution_id) institution_id, net, minute
      from way
      order by institution_id, net, minute
    ),
    recent as (
      select m.institution_id, sum(m.out_minor - m.in_minor) as outflow
      from settlement_minute m
      where m.session_no = ${no} and m.currency = ${currency}
        and m.minute > ${asOf}::timestamptz - make_interval(mins => ${paceMinutes}) and m.minute <= ${asOf}
      group by m.institution_id
    ),
    agent as (
      select e.institution_id, sum(e.net_minor) as net, max(e.booked_at) as at
      from settlement_entry e
      where e.session_no = ${no} and e.currency = ${currency} and e.status = 'booked'
      group by e.institution_id
    )
    select p.institution_id as "institutionId", i.code, case when ${chinese} then i.short_zh else i.short_en end as name, i.kind::text as kind,
      p.in_minor::text as "inMinor", p.out_minor::text as "outMinor", p.in_count::text as "inCount", p.out_count::text as "outCount",
      case when i.currency = ${currency} then i.net_debit_cap_minor::text end as "capMinor",
      l.net::text as "lowestMinor", l.minute as "lowestAt", coalesce(r.outflow, 0)::text as "recentOutflowMinor",
      a.net::text as "agentMinor", a.at as "agentAt"
    from settlement_position p
    join institution i on i.id = p.institution_id
    left join lowest l on l.institution_id = p.institution_id
    left join recent r on r.institution_id = p.institution_id
    left join agent a on a.institution_id = p.institution_id
    where p.session_no = ${no} and p.currency = ${currency} ${whose}
    order by p.in_minor - p.out_minor, i.code`;
  return z.array(Row).parse(rows);
}
