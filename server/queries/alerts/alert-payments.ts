import 'server-only';
import * as z from 'zod';
import type { AlertPayment } from '@/domain/alerts/alert-view';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';
import { isParty } from '../transactions/transaction-conditions';

export const ALERT_PAYMENTS_MAX = 500;

const Named = z.object({ key: z.string(), at: z.string() });
const Row = z.object({
  key: z.string(),
  id: z.string(),
  at: z.date(),
  payerCode: z.string(),
  payerName: z.string(),
  payerAccount: z.string(),
  payeeCode: z.string(),
  payeeName: z.string(),
  payeeAccount: z.string(),
  betweenCode: z.string().nullable(),
  betweenName: z.string().nullable(),
  amountMinor: z.string(),
  currency: z.string(),
  isShown: z.boolean(),
});

/**
 * The payments that an alert names, oldest first, how many of them are not stored any more, and how many are hidden: to an institution's
 * own people those that it takes no part in. The alert itself decides who may ask.
 */
export async function alertPayments(
  actor: Actor,
  { alertId, locale }: { alertId: bigint; locale: string },
): Promise<{ payments: readonly AlertPayment[]; missing: number; hidden: number }> {
  const shown = actor.institutionId === null ? Prisma.sql`true` : isParty([actor.institutionId]);
  const chinese = locale.startsWith('zh');
  const named = z.array(Named).parse(
    await database().$queryRaw`
      select x.transaction_key::text as key, to_json(x.accepted_at at time zone 'UTC') #>> '{}' || 'Z' as at
      from alert_transaction x
      where x.alert_id = ${alertId}
      order by x.accepted_at desc, x.transaction_key
      limit ${ALERT_PAYMENTS_MAX}`,
  );
  const [last, first] = [named[0]?.at, named.at(-1)?.at];
  if (first === undefined || last === undefined) return { payments: [], missing: 0, hidden: 0 };
  const stored = z.array(Row).parse(
    await database().$queryRaw`
      with named as materialized (
        select t.transaction_key, t.transaction_id, t.accepted_at, t.payer_institution_id, t.payer_account, t.intermediary_institution_id,
          t.payee_institution_id, t.payee_account, t.amount_minor, t.currency, coalesce(${shown}, false) as is_shown
        from clearing_transaction t
        where t.transaction_key = any(${named.map(({ key }) => key)}::uuid[])
          and t.accepted_at >= ${first}::timestamptz
          and t.accepted_at <= ${last}::timestamptz
      )
      select n.transaction_key::text as key, n.transaction_id as id, n.accepted_at as at,
        payer.code as "payerCode", case when ${chinese} then payer.short_zh else payer.short_en end as "payerName",
        n.payer_account::text as "payerAccount",
        payee.code as "payeeCode", case when ${chinese} then payee.short_zh else payee.short_en end as "payeeName",
        n.payee_account::text as "payeeAccount",
        middle.code as "betweenCode", case when ${chinese} then middle.short_zh else middle.short_en end as "betweenName",
        n.amount_minor::text as "amountMinor", n.currency, n.is_shown as "isShown"
      from named n
      join institution payer on payer.id = n.payer_institution_id
      join institution payee on payee.id = n.payee_institution_id
      left join institution middle on middle.id = n.intermediary_institution_id
      order by n.accepted_at, n.transaction_key`,
  );
  const rows = stored.filter(({ isShown }) => isShown);
  const accounts = [...new Set(rows.flatMap(({ payerAccount, payeeAccount }) => [payerAccount, payeeAccount]))];
  const found = await database().account.findMany({ where: { id: { in: accounts } }, select: { id: true, numberMasked: true } });
  const masked = new Map(found.map(({ id, numberMasked }) => [id, numberMasked]));
  return {
    missing: named.length - stored.length,
    hidden: stored.length - rows.length,
    payments: rows.map((row) => ({
      key: row.key,
      id: row.id,
      at: row.at.toISOString(),
      payer: { code: row.payerCode, name: row.payerName },
      payerAccount: row.payerAccount,
      payerMasked: masked.get(row.payerAccount) ?? null,
      payee: { code: row.payeeCode, name: row.payeeName },
      payeeAccount: row.payeeAccount,
      payeeMasked: masked.get(row.payeeAccount) ?? null,
      through: row.betweenCode === null || row.betweenName === null ? null : { code: row.betweenCode, name: row.betweenName },
      amountMinor: row.amountMinor,
      currency: row.currency,
    })),
  };
}
