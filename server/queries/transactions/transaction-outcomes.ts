import 'server-only';
import * as z from 'zod';
import { TRANSACTION_STATUSES } from '@/domain/clearing/transaction';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import type { TransactionDetail } from './transaction-detail';

const OUTCOMES_MAX = 100;
const Row = z.object({
  batchId: z.string(),
  lineNo: z.int(),
  recordedAt: z.date(),
  kind: z.string(),
  fromStatus: z.enum(TRANSACTION_STATUSES),
  toStatus: z.enum(TRANSACTION_STATUSES),
  finalAt: z.date().nullable(),
  systemCode: z.string().nullable(),
  businessCode: z.string().nullable(),
  detail: z.string().nullable(),
});
export type TransactionOutcome = z.infer<typeof Row>;

/** What became of a payment after it was first reported, oldest first. */
export async function transactionOutcomes(
  _actor: Actor,
  { transaction }: { transaction: TransactionDetail },
): Promise<readonly TransactionOutcome[]> {
  const rows = await database().$queryRaw`
    select batch_id::text as "batchId", line_no as "lineNo", recorded_at as "recordedAt", kind, from_status::text as "fromStatus",
      to_status::text as "toStatus", final_at as "finalAt", system_code as "systemCode", business_code as "businessCode", detail
    from transaction_outcome
    where transaction_key = ${transaction.key}::uuid
    order by recorded_at, batch_id, line_no
    limit ${OUTCOMES_MAX}`;
  return z.array(Row).parse(rows);
}
