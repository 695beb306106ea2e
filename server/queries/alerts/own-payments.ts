import 'server-only';
import * as z from 'zod';
import type { AlertPayment, OwnPayments } from '@/domain/alerts/alert-view';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';
import { isParty } from '../transactions/transaction-conditions';

export const OWN_DAYS = 30;
const POINTS_MAX = 400;
const DAY_MS = 86_400_000;
const Row = z.object({ at: z.date(), amountMinor: z.string() });

/**
 * What an account otherwise pays, or is paid where the alert is about that, in the thirty days up to the alert's last payment: the newest
 * four hundred, in the alert's most frequent currency, its own payments left out. Null where the account takes no side in the alert.
 */
export async function ownPayments(
  actor: Actor,
  { account, payments }: { account: string; payments: readonly AlertPayment[] },
): Promise<OwnPayments | null> {
  const seen = actor.institutionId === null ? Prisma.empty : Prisma.sql`and ${isParty([actor.institutionId])}`;
  const paid = payments.filter(({ payerAccount }) => payerAccount === account);
  const received = payments.filter(({ payeeAccount }) => payeeAccount === account);
  const role = paid.length >= received.length ? 'payer' : 'payee';
  const own = role === 'payer' ? paid : received;
  const last = own.at(-1);
  if (!last) return null;
  const currency = last.currency;
  const to = new Date(Date.parse(last.at) + 1);
  const from = new Date(to.getTime() - OWN_DAYS * DAY_MS);
  const column = role === 'payer' ? Prisma.sql`t.payer_account` : Prisma.sql`t.payee_account`;
  const rows = z.array(Row).parse(
    await database().$queryRaw`
      select t.accepted_at as at, t.amount_minor::text as "amountMinor"
      from clearing_transaction t
      where ${column} = ${account}::uuid
        and t.accepted_at >= ${from}
        and t.accepted_at < ${to}
        and t.currency = ${currency}
        and t.status = 'succeeded'
        and t.transaction_key <> all(${own.map(({ key }) => key)}::uuid[])
        ${seen}
      order by t.accepted_at desc
      limit ${POINTS_MAX + 1}`,
  );
  return {
    role,
    currency,
    from: from.toISOString(),
    to: to.toISOString(),
    points: rows.slice(0, POINTS_MAX).map(({ at, amountMinor }) => ({ at: at.toISOString(), amountMinor })),
    isCut: rows.length > POINTS_MAX,
  };
}
