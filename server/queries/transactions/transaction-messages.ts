import 'server-only';
import * as z from 'zod';
import { maskMessageAccounts } from '@/domain/transactions/masked-message';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import type { TransactionDetail } from './transaction-detail';

const MESSAGES_MAX = 20;
const BODY_CHARACTERS_MAX = 200_000;
const Row = z.object({ batchId: z.string(), lineNo: z.int(), contentType: z.string(), body: z.string(), length: z.int() });

/** A message as it came, account numbers masked. `length` counts the characters of the whole; the body may be cut. */
export type TransactionMessage = z.infer<typeof Row>;

/** The messages that were kept whole (ISO 20022) and speak of this payment, oldest first. */
export async function transactionMessages(
  _actor: Actor,
  { transaction }: { transaction: TransactionDetail },
): Promise<readonly TransactionMessage[]> {
  const rows = await database().$queryRaw`
    select batch_id::text as "batchId", line_no as "lineNo", content_type as "contentType", body, length(body) as length
    from raw_message
    where transaction_key = ${transaction.key}::uuid
    order by batch_id, line_no
    limit ${MESSAGES_MAX}`;
  // Masked before it is cut: a number that the cut goes through must not come out plain.
  return z
    .array(Row)
    .parse(rows)
    .map((row) => ({ ...row, body: maskMessageAccounts(row.body).slice(0, BODY_CHARACTERS_MAX) }));
}
