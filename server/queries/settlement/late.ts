import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

export const LATE_MAX = 200;
const Row = z.object({
  id: z.string(),
  transactionId: z.string(),
  acceptedAt: z.date(),
  homeNo: z.string(),
  takenNo: z.string(),
  sign: z.int(),
  payer: z.string(),
  payee: z.string(),
  amountMinor: z.coerce.bigint(),
  seenAt: z.date(),
});
export type LateRow = z.infer<typeof Row>;

/** What a session took from earlier ones, or gave to later ones, because it came after its own was closed; newest first. */
export async function late(
  actor: Actor,
  { no, currency, locale, institutionId }: { no: string; currency: string; locale: string; institutionId?: number },
): Promise<readonly LateRow[]> {
  const chinese = locale.startsWith('zh');
  const only = actor.institutionId ?? institutionId ?? null;
  const rows = await database().$queryRaw`
    select l.id::text as id, t.transaction_id as "transactionId", l.accepted_at as "acceptedAt", l.home_no as "homeNo", l.taken_no as "takenNo",
      l.sign, case when ${chinese} then a.short_zh else a.short_en end as payer, case when ${chinese} then b.short_zh else b.short_en end as payee,
      l.amount_minor::text as "amountMinor", l.seen_at as "seenAt"
    from settlement_late l
    join clearing_transaction t on t.transaction_key = l.transaction_key and t.accepted_at = l.accepted_at
    join institution a on a.id = l.payer_institution_id
    join institution b on b.id = l.payee_institution_id
    where (l.home_no = ${no} or l.taken_no = ${no}) and l.currency = ${currency}
      and (${only}::int is null or ${only}::int in (l.payer_institution_id, l.payee_institution_id))
    order by l.id desc
    limit ${LATE_MAX}`;
  return z.array(Row).parse(rows);
}
