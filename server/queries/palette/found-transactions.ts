import 'server-only';
import * as z from 'zod';
import { allows } from '@/domain/permissions';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import { transactionKeyOf } from '@/server/identity';
import type { Actor } from '@/server/session';

const Row = z.object({
  transactionId: z.string(),
  by: z.enum(['id', 'end-to-end', 'uetr', 'account']),
  acceptedAt: z.date(),
  amountMinor: z.string(),
  currency: z.string(),
  payerZh: z.string(),
  payerEn: z.string(),
  payeeZh: z.string(),
  payeeEn: z.string(),
});

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const SHOWN = 5;

/** Up to five payments that the text names exactly: by any of their ids, or by the last four digits of an account, newest first. */
export async function foundTransactions(actor: Actor, text: string) {
  if (text.length < 3 || !allows(actor.role, 'transactions:view')) return [];
  const named = [
    Prisma.sql`select transaction_key, accepted_at, 'id' as by from clearing_transaction where transaction_key = ${transactionKeyOf(text)}::uuid`,
    Prisma.sql`select transaction_key, accepted_at, 'end-to-end' as by from clearing_transaction where end_to_end_id = ${text}`,
  ];
  if (UUID.test(text)) {
    named.push(Prisma.sql`select transaction_key, accepted_at, 'uetr' as by from clearing_transaction where uetr = ${text}::uuid`);
  }
  if (/^\d{4}$/.test(text)) named.push(...(await byLastDigits(text)));
  const own =
    actor.institutionId === null
      ? Prisma.empty
      : Prisma.sql`where ${actor.institutionId} in (t.payer_institution_id, t.payee_institution_id, t.intermediary_institution_id)`;
  const rows = await database().$queryRaw`
    with named as (${Prisma.join(
      named.map((one) => Prisma.sql`(${one} limit 20)`),
      ' union all ',
    )})
    select distinct on (t.accepted_at, t.transaction_id)
           t.transaction_id as "transactionId",
           n.by,
           t.accepted_at as "acceptedAt",
           t.amount_minor::text as "amountMinor",
           t.currency,
           payer.name_zh as "payerZh", payer.name_en as "payerEn",
           payee.name_zh as "payeeZh", payee.name_en as "payeeEn"
    from named n
    join clearing_transaction t on t.transaction_key = n.transaction_key and t.accepted_at = n.accepted_at
    join institution payer on payer.id = t.payer_institution_id
    join institution payee on payee.id = t.payee_institution_id
    ${own}
    order by t.accepted_at desc, t.transaction_id
    limit ${SHOWN}`;
  return z
    .array(Row)
    .parse(rows)
    .map(({ payerZh, payerEn, payeeZh, payeeEn, acceptedAt, ...row }) => ({
      ...row,
      acceptedAt: acceptedAt.toISOString(),
      payer: { nameZh: payerZh, nameEn: payerEn },
      payee: { nameZh: payeeZh, nameEn: payeeEn },
    }));
}

const ACCOUNTS = 200;

// Accounts first: one look-up by their digits, then one by each side's index.
async function byLastDigits(digits: string): Promise<readonly Prisma.Sql[]> {
  const accounts = await database().account.findMany({ where: { numberLast4: digits }, select: { id: true }, take: ACCOUNTS });
  if (accounts.length === 0) return [];
  const ids = accounts.map((account) => account.id);
  return [
    Prisma.sql`select transaction_key, accepted_at, 'account' as by from clearing_transaction
               where payer_account = any(${ids}::uuid[]) order by accepted_at desc`,
    Prisma.sql`select transaction_key, accepted_at, 'account' as by from clearing_transaction
               where payee_account = any(${ids}::uuid[]) order by accepted_at desc`,
  ];
}
