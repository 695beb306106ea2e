import 'server-only';
import * as z from 'zod';
import { BUSINESS_TYPES, TRANSACTION_STATUSES } from '@/domain/clearing/transaction';
import { database } from '@/server/database';
import { type Actor, requirePermission } from '@/server/session';
import { onCase } from './on-case';

const Row = z.object({
  key: z.string(),
  id: z.string(),
  acceptedAt: z.date(),
  businessType: z.enum(BUSINESS_TYPES),
  status: z.enum(TRANSACTION_STATUSES),
  amountMinor: z.string(),
  currency: z.string(),
  payerId: z.int(),
  payerCode: z.string(),
  payerName: z.string(),
  payerMasked: z.string().nullable(),
  payeeId: z.int(),
  payeeCode: z.string(),
  payeeName: z.string(),
  payeeMasked: z.string().nullable(),
  betweenId: z.int().nullable(),
});
export type CasePayment = z.infer<typeof Row>;
/** Whole minor units of one currency, over all payments of the case: of those that succeeded, and of all. */
export type CaseSum = { readonly currency: string; readonly payments: number; readonly minor: bigint; readonly succeededMinor: bigint };
export type CasePayments = { readonly rows: readonly CasePayment[]; readonly sums: readonly CaseSum[]; readonly total: number };

/** Every payment of a case, the earliest first: at most CASE_ROWS_MAX, which is what a case may hold. Empty for who is not on it. */
export async function casePayments(actor: Actor, { no, locale }: { no: string; locale: string }): Promise<CasePayments> {
  requirePermission(actor, 'cases:view');
  const chinese = locale.startsWith('zh');
  const listed = z.array(z.object({ key: z.string(), from: z.date(), to: z.date() })).parse(
    await database().$queryRaw`
      select t.transaction_key::text as key, min(t.accepted_at) over () as "from", max(t.accepted_at) over () as "to"
      from case_transaction t
      join case_record c on c.id = t.case_id
      where c.no = ${no} and ${onCase(actor)}`,
  );
  const [span] = listed;
  if (!span) return { rows: [], sums: [], total: 0 };
  // The case's own list first, then the payments by their keys: on a cluster one is local and the other spread.
  const rows = z.array(Row).parse(
    await database().$queryRaw`
      with t as materialized (
        select t.transaction_key, t.transaction_id, t.accepted_at, t.business_type, t.status, t.amount_minor, t.currency,
          t.payer_institution_id, t.payer_account, t.payee_institution_id, t.payee_account, t.intermediary_institution_id
        from clearing_transaction t
        where t.transaction_key = any(${listed.map(({ key }) => key)}::uuid[])
          and t.accepted_at >= ${new Date(span.from.getTime() - 1)}
          and t.accepted_at <= ${new Date(span.to.getTime() + 1)}
      ),
      numbers as materialized (
        select id, number_masked from account
        where id in (select payer_account from t union select payee_account from t)
      )
      select t.transaction_key::text as key, t.transaction_id as id, t.accepted_at as "acceptedAt", t.business_type::text as "businessType",
        t.status::text as status, t.amount_minor::text as "amountMinor", t.currency,
        p.id as "payerId", p.code as "payerCode", case when ${chinese} then p.short_zh else p.short_en end as "payerName",
        pn.number_masked as "payerMasked",
        e.id as "payeeId", e.code as "payeeCode", case when ${chinese} then e.short_zh else e.short_en end as "payeeName",
        en.number_masked as "payeeMasked", t.intermediary_institution_id as "betweenId"
      from t
      join institution p on p.id = t.payer_institution_id
      join institution e on e.id = t.payee_institution_id
      left join numbers pn on pn.id = t.payer_account
      left join numbers en on en.id = t.payee_account
      order by t.accepted_at, t.transaction_key`,
  );
  return { rows, sums: sumsOf(rows), total: listed.length };
}

function sumsOf(rows: readonly CasePayment[]): readonly CaseSum[] {
  const sums = new Map<string, CaseSum>();
  for (const { currency, amountMinor, status } of rows) {
    const { payments, minor, succeededMinor } = sums.get(currency) ?? { payments: 0, minor: 0n, succeededMinor: 0n };
    const amount = BigInt(amountMinor);
    sums.set(currency, {
      currency,
      payments: payments + 1,
      minor: minor + amount,
      succeededMinor: succeededMinor + (status === 'succeeded' ? amount : 0n),
    });
  }
  return [...sums.values()].sort((a, b) => b.payments - a.payments || (a.currency < b.currency ? -1 : 1));
}
