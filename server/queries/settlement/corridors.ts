import 'server-only';
import * as z from 'zod';
import type { TimeRange } from '@/domain/time-range';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';

const Row = z.object({
  payerId: z.int(),
  payeeId: z.int(),
  payments: z.coerce.bigint(),
  amountMinor: z.coerce.bigint(),
});
export type CorridorRow = z.infer<typeof Row>;

/** What was booked between every two institutions in one session, or in all sessions that a range touches; largest first. */
export async function corridors(
  actor: Actor,
  { no, range, currency, institutionId }: { no?: string; range?: TimeRange; currency: string; institutionId?: number },
): Promise<readonly CorridorRow[]> {
  const which =
    no !== undefined
      ? Prisma.sql`q.session_no = ${no}`
      : Prisma.sql`q.session_no in (select s.no from settlement_session s where s.cut_off_at > ${range?.from ?? new Date(0)} and s.opens_at < ${range?.to ?? new Date()})`;
  const only = actor.institutionId ?? institutionId ?? null;
  const rows = await database().$queryRaw`
    select q.payer_institution_id as "payerId", q.payee_institution_id as "payeeId", sum(q.payments)::text as payments,
      sum(q.amount_minor)::text as "amountMinor"
    from settlement_pair q
    where ${which} and q.currency = ${currency}
      and (${only}::int is null or ${only}::int in (q.payer_institution_id, q.payee_institution_id))
    group by 1, 2
    order by sum(q.amount_minor) desc, 1, 2`;
  return z.array(Row).parse(rows);
}
