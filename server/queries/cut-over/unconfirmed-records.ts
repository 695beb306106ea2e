import 'server-only';
import * as z from 'zod';
import { BUSINESS_TYPES, type BusinessType } from '@/domain/clearing/transaction';
import { addDays, dayStart } from '@/domain/cut-over/window';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';

export const RECORDS_MAX = 200;
export type UnconfirmedFilter = {
  readonly institutionId: number;
  readonly bankId: number;
  readonly businessType: BusinessType;
  readonly from: string;
  readonly to: string;
  readonly currency: string;
};

const Row = z.object({
  transactionId: z.string(),
  acceptedAt: z.date(),
  businessType: z.enum(BUSINESS_TYPES),
  amountMinor: z.coerce.bigint(),
});
export type UnconfirmedRecord = z.infer<typeof Row>;
const Total = z.object({ count: z.coerce.bigint(), minor: z.coerce.bigint() });

/** A cell's clearing records that no debit of the bank confirms, newest first, with the sums of all of them. */
export async function unconfirmedRecords(
  actor: Actor,
  filter: UnconfirmedFilter,
): Promise<{ readonly rows: readonly UnconfirmedRecord[]; readonly count: bigint; readonly minor: bigint }> {
  const seen = actor.institutionId === null || actor.institutionId === filter.institutionId || actor.institutionId === filter.bankId;
  if (!seen) return { rows: [], count: 0n, minor: 0n };
  const from = Prisma.sql`
    from clearing_transaction t
    join institution e on e.id = t.payee_institution_id
    left join institution m on m.id = t.intermediary_institution_id
    where t.payer_institution_id = ${filter.bankId}
      and t.accepted_at >= ${dayStart(filter.from)}
      and t.accepted_at < ${dayStart(addDays(filter.to, 1))}
      and t.business_type = ${filter.businessType}::business_type
      and t.currency = ${filter.currency}
      and t.route = 'cleared'
      and t.status = 'succeeded'
      and case when m.kind = 'payment' then m.id when e.kind = 'payment' then e.id end = ${filter.institutionId}
      and not exists (select from debit_verdict v where v.transaction_key = t.transaction_key)`;
  const [rows, totals] = await Promise.all([
    database().$queryRaw`
      select t.transaction_id as "transactionId", t.accepted_at as "acceptedAt", t.business_type::text as "businessType",
        t.amount_minor::text as "amountMinor"
      ${from}
      order by t.accepted_at desc, t.transaction_key
      limit ${RECORDS_MAX}`,
    database().$queryRaw`select count(*)::text as count, coalesce(sum(t.amount_minor), 0)::text as minor ${from}`,
  ]);
  const total = z.array(Total).parse(totals)[0] ?? { count: 0n, minor: 0n };
  return { rows: z.array(Row).parse(rows), ...total };
}
