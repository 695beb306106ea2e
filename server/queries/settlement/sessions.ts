import 'server-only';
import * as z from 'zod';
import type { TimeRange } from '@/domain/time-range';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';

export const SESSIONS_MAX = 400;

const Row = z.object({
  no: z.string(),
  opensAt: z.date(),
  cutOffAt: z.date(),
  closedAt: z.date().nullable(),
  proposedBy: z.string().nullable(),
  proposedByName: z.string().nullable(),
  confirmedByName: z.string().nullable(),
  institutions: z.int(),
  payments: z.coerce.bigint(),
  inMinor: z.coerce.bigint(),
  outMinor: z.coerce.bigint(),
  receivingMinor: z.coerce.bigint(),
  payingMinor: z.coerce.bigint(),
  receiving: z.int(),
  paying: z.int(),
  flat: z.int(),
  /** The largest max(0, −NP) ÷ cap of any participant, in parts per million. */
  capUsePpm: z.coerce.bigint().nullable(),
  capUseCode: z.string().nullable(),
  openBreaks: z.int(),
  lateOut: z.int(),
  lateIn: z.int(),
  rowPayments: z.coerce.bigint().nullable(),
  rowMinor: z.coerce.bigint().nullable(),
  finalPayments: z.coerce.bigint().nullable(),
  finalMinor: z.coerce.bigint().nullable(),
  lastFinalAt: z.date().nullable(),
  agentEntries: z.int(),
});
export type SessionRow = z.infer<typeof Row>;

/**
 * The sessions that a range touches, newest first, with what they come to in one currency. Sessions of other currencies alone are there
 * with nothing in them. An institution's own people see their own side only.
 */
export async function sessions(
  actor: Actor,
  { range, currency, no }: { range?: TimeRange; currency: string; no?: string },
): Promise<readonly SessionRow[]> {
  const mine = actor.institutionId === null ? Prisma.empty : Prisma.sql`and p.institution_id = ${actor.institutionId}`;
  const which =
    no === undefined
      ? Prisma.sql`s.cut_off_at > ${range?.from ?? new Date(0)} and s.opens_at < ${range?.to ?? new Date()}`
      : Prisma.sql`s.no = ${no}`;
  const rows = await database().$queryRaw`
    select s.no, s.opens_at as "opensAt", s.cut_off_at as "cutOffAt", s.closed_at as "closedAt",
      c.proposed_by::text as "proposedBy", proposer.display_name as "proposedByName", decider.display_name as "confirmedByName",
      coalesce(b.institutions, 0)::int as institutions, coalesce(b.payments, 0)::text as payments,
      coalesce(b.in_minor, 0)::text as "inMinor", coalesce(b.out_minor, 0)::text as "outMinor",
      coalesce(b.receiving_minor, 0)::text as "receivingMinor", coalesce(b.paying_minor, 0)::text as "payingMinor",
      coalesce(b.receiving, 0)::int as receiving, coalesce(b.paying, 0)::int as paying, coalesce(b.flat, 0)::int as flat,
      u.ppm::text as "capUsePpm", u.code as "capUseCode",
      (select count(*) from settlement_break k
        where k.session_no = s.no and k.resolved_at is null and k.healed_at is null
          and (${actor.institutionId}::int is null or k.institution_id = ${actor.institutionId}::int))::int as "openBreaks",
      (select count(*) from settlement_late l where l.home_no = s.no and l.currency = ${currency}
        and (${actor.institutionId}::int is null or ${actor.institutionId}::int in (l.payer_institution_id, l.payee_institution_id)))::int as "lateOut",
      (select count(*) from settlement_late l where l.taken_no = s.no and l.currency = ${currency}
        and (${actor.institutionId}::int is null or ${actor.institutionId}::int in (l.payer_institution_id, l.payee_institution_id)))::int as "lateIn",
      f.payments::text as "rowPayments", f.amount_minor::text as "rowMinor", f.final_payments::text as "finalPayments",
      f.final_minor::text as "finalMinor", f.last_final_at as "lastFinalAt",
      (select count(*) from settlement_entry e where e.session_no = s.no and e.currency = ${currency})::int as "agentEntries"
    from settlement_session s
    left join settlement_closing c on c.session_no = s.no and c.outcome in ('open', 'confirmed')
    left join app_user proposer on proposer.id = c.proposed_by
    left join app_user decider on decider.id = c.decided_by
    left join lateral (
      select count(*) as institutions, sum(p.out_count) as payments, sum(p.in_minor) as in_minor, sum(p.out_minor) as out_minor,
        sum(greatest(p.in_minor - p.out_minor, 0)) as receiving_minor, sum(least(p.in_minor - p.out_minor, 0)) as paying_minor,
        count(*) filter (where p.in_minor > p.out_minor) as receiving, count(*) filter (where p.in_minor < p.out_minor) as paying,
        count(*) filter (where p.in_minor = p.out_minor) as flat
      from settlement_position p
      where p.session_no = s.no and p.currency = ${currency} ${mine}) b on true
    left join lateral (
      select i.code, round(greatest(p.out_minor - p.in_minor, 0) * 1000000.0 / i.net_debit_cap_minor) as ppm
      from settlement_position p
      join institution i on i.id = p.institution_id
      where p.session_no = s.no and p.currency = ${currency} and i.currency = ${currency} and i.net_debit_cap_minor > 0 ${mine}
      order by ppm desc, i.code
      limit 1) u on true
    left join settlement_finality f on f.session_no = s.no and f.currency = ${currency} and ${actor.institutionId}::int is null
    where ${which}
    order by s.opens_at desc
    limit ${SESSIONS_MAX}`;
  return z.array(Row).parse(rows);
}
