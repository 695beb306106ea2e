import 'server-only';
import * as z from 'zod';
import { maskMessageAccounts } from '@/domain/transactions/masked-message';
import { database } from '@/server/database';
import { environment } from '@/server/environment';
import { Sealing } from '@/server/sealing';
import type { Actor } from '@/server/session';
import type { TransactionDetail } from './transaction-detail';

const MESSAGES_MAX = 20;
const BODY_CHARACTERS_MAX = 200_000;
const Row = z.object({ batchId: z.string(), lineNo: z.int(), contentType: z.string(), cipher: z.instanceof(Uint8Array) });

/** A message as it came, account numbers masked. `length` counts the characters of the whole; the body may be cut. */
export type TransactionMessage = {
  readonly batchId: string;
  readonly lineNo: number;
  readonly contentType: string;
  readonly body: string;
  readonly length: number;
};

/**
 * The messages that were kept whole (ISO 20022) and speak of this payment, oldest first. An institution's own people see what their
 * institution sent: another's message tells more of its customer than the payment does.
 */
export async function transactionMessages(
  actor: Actor,
  { transaction }: { transaction: TransactionDetail },
): Promise<readonly TransactionMessage[]> {
  const rows = z.array(Row).parse(
    await database().$queryRaw`
      select m.batch_id::text as "batchId", m.line_no as "lineNo", m.content_type as "contentType", m.body_cipher as cipher
      from raw_message m
      join feed_batch b on b.id = m.batch_id
      where m.transaction_key = ${transaction.key}::uuid
        and m.body_cipher is not null
        and (${actor.institutionId}::int is null or b.institution_id = ${actor.institutionId}::int)
      order by m.batch_id, m.line_no
      limit ${MESSAGES_MAX}`,
  );
  if (rows.length === 0) return [];
  const sealing = new Sealing(environment().HEADWATER_ACCOUNT_KEY, 'message cipher');
  return rows.map(({ cipher, ...row }) => {
    const whole = sealing.open(cipher);
    // Masked before it is cut: a number that the cut goes through must not come out plain.
    return { ...row, body: maskMessageAccounts(whole).slice(0, BODY_CHARACTERS_MAX), length: whole.length };
  });
}
