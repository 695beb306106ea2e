import 'server-only';
import * as z from 'zod';
import { BUSINESS_TYPES, TRANSACTION_STATUSES } from '@/domain/clearing/transaction';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';
import { isParty } from './transaction-conditions';
import type { TransactionDetail } from './transaction-detail';

export const REFUNDS_MAX = 50;
const Row = z.object({
  key: z.string(),
  id: z.string(),
  acceptedAt: z.date(),
  businessType: z.enum(BUSINESS_TYPES),
  status: z.enum(TRANSACTION_STATUSES),
  amountMinor: z.coerce.bigint(),
  currency: z.string(),
});
export type RelatedTransaction = z.infer<typeof Row>;
export type RelatedTransactions = {
  /** What this payment refunds or reverses; null where it names none, or none that the actor may see. */
  readonly original: RelatedTransaction | null;
  /** Refunds and reversals of this payment, oldest first. */
  readonly refunds: readonly RelatedTransaction[];
};

/** The payment that this one gives back, and the ones that give this one back. */
export async function relatedTransactions(actor: Actor, { transaction }: { transaction: TransactionDetail }): Promise<RelatedTransactions> {
  const mine = actor.institutionId === null ? Prisma.empty : Prisma.sql`and ${isParty([actor.institutionId])}`;
  const ask = async (condition: Prisma.Sql) =>
    z.array(Row).parse(
      await database().$queryRaw`
        select t.transaction_key::text as key, t.transaction_id as id, t.accepted_at as "acceptedAt",
          t.business_type::text as "businessType", t.status::text as status, t.amount_minor::text as "amountMinor", t.currency
        from clearing_transaction t
        where ${condition}
          ${mine}
        order by t.accepted_at
        limit ${REFUNDS_MAX}`,
    );
  const originalKey = transaction.originalTransactionKey;
  const [originals, refunds] = await Promise.all([
    originalKey === null ? [] : ask(Prisma.sql`t.transaction_key = ${originalKey}::uuid`),
    ask(Prisma.sql`t.original_transaction_key = ${transaction.key}::uuid`),
  ]);
  return { original: originals[0] ?? null, refunds };
}
