import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

const Row = z.object({
  no: z.string(),
  opensAt: z.date(),
  cutOffAt: z.date(),
  payments: z.int(),
  unsettledMinor: z.coerce.bigint(),
  /** Whether its payments were counted one by one; before that, all that was booked is taken to be open. */
  measured: z.boolean(),
});
export type UnsettledSession = z.infer<typeof Row>;

/** Every session, of all time, with value that was paid and is not final, newest first. Of sessions never counted yet, all of it. */
export async function unsettledSessions(actor: Actor, { currency }: { currency: string }): Promise<readonly UnsettledSession[]> {
  // What is final is counted for the whole platform only.
  if (actor.institutionId !== null) return [];
  const rows = await database().$queryRaw`
    select s.no, s.opens_at as "opensAt", s.cut_off_at as "cutOffAt", f.session_no is not null as measured,
      coalesce(f.amount_minor - f.final_minor, booked.minor, 0)::text as "unsettledMinor",
      coalesce(f.payments - f.final_payments, booked.payments, 0)::int as payments
    from settlement_session s
    left join settlement_finality f on f.session_no = s.no and f.currency = ${currency}
    left join lateral (
      select sum(p.out_minor) as minor, sum(p.out_count) as payments
      from settlement_position p
      where p.session_no = s.no and p.currency = ${currency} and f.session_no is null) booked on true
    where f.session_no is null or f.final_payments < f.payments
    order by s.opens_at desc`;
  return z
    .array(Row)
    .parse(rows)
    .filter(({ payments, unsettledMinor }) => payments > 0 || unsettledMinor !== 0n);
}
