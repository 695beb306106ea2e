import 'server-only';
import * as z from 'zod';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { environment } from '@/server/environment';
import { NotFound } from '@/server/errors';
import { AccountKeys } from '@/server/identity';
import { transactionDetail } from '@/server/queries/transactions/transaction-detail';
import { type Actor, requirePermission } from '@/server/session';

export const RevealAccounts = z.object({
  transactionKey: z.uuid(),
  reason: z
    .string()
    .trim()
    .min(4)
    .max(200)
    .regex(/^[^\p{C}]*$/u),
});
export type RevealAccounts = z.infer<typeof RevealAccounts>;

/** Full numbers; null where the account's number was never stored. */
export type RevealedAccounts = { readonly payer: string | null; readonly payee: string | null };

/**
 * Opens both account numbers of one payment. Each opened account is one line of the audit log, written in the same database transaction:
 * without the line there is no number. Throws Forbidden, and NotFound where the actor may not see the payment.
 */
export async function revealAccounts(actor: Actor, input: RevealAccounts): Promise<RevealedAccounts> {
  requirePermission(actor, 'accounts:reveal');
  const { transactionKey, reason } = RevealAccounts.parse(input);
  const transaction = await transactionDetail(actor, { idOrKey: transactionKey });
  if (!transaction) throw new NotFound('there is no such payment');
  const keys = new AccountKeys(environment().HEADWATER_ACCOUNT_KEY);
  return await database().$transaction(async (tx) => {
    const open = async (side: 'payer' | 'payee', accountId: string) => {
      const account = await tx.account.findUnique({ where: { id: accountId }, select: { numberCipher: true } });
      if (!account) return null;
      const number = keys.open(account.numberCipher);
      await recordAudit(tx, actor, {
        action: 'account.revealed',
        subject: { type: 'account', id: accountId },
        detail: { transactionKey, transactionId: transaction.id, side, reason },
      });
      return number;
    };
    return { payer: await open('payer', transaction.payerAccount), payee: await open('payee', transaction.payeeAccount) };
  });
}
