import 'server-only';
import * as z from 'zod';
import { allows } from '@/domain/permissions';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import { transactionKeyOf } from '@/server/identity';
import { isSpread } from '@/server/is-spread';
import { ACCOUNTS_MAX } from '@/server/queries/transactions/accounts-ending-in';
import { isParty } from '@/server/queries/transactions/transaction-conditions';
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

/**
 * Up to five payments that the text names exactly: by any of their ids, or by the last four digits of an account, newest first. An
 * institution's own people find only payments that it takes part in, by the digits of its own accounts.
 */
export async function foundTransactions(actor: Actor, text: string) {
  if (text.length < 3 || !allows(actor.role, 'transactions:view')) return [];
  // Within each way, before its limit: what others paid must not crowd out one's own.
  const mine = actor.institutionId === null ? Prisma.empty : Prisma.sql`and ${isParty([actor.institutionId])}`;
  const newest = (by: z.infer<typeof Row>['by'], condition: Prisma.Sql) => Prisma.sql`(
      select t.transaction_key, t.accepted_at, ${by}::text as by
      from clearing_transaction t
      where ${condition}
        ${mine}
      order by t.accepted_at desc
      limit ${SHOWN})`;
  const ways = [
    newest('id', Prisma.sql`t.transaction_key = ${transactionKeyOf(text)}::uuid`),
    newest('end-to-end', Prisma.sql`t.end_to_end_id = ${text}`),
  ];
  if (UUID.test(text)) ways.push(newest('uetr', Prisma.sql`t.uetr = ${text}::uuid`));
  if (/^\d{4}$/.test(text)) {
    const accounts = await accountsWith(actor, text);
    const spread = await isSpread();
    // Account by account, off its own index: a bitmap over all of them would read a busy account to its end. The shards of a cluster
    // cannot be asked so.
    const of = (side: Prisma.Sql) =>
      spread
        ? newest('account', Prisma.sql`${side} = any(${accounts}::uuid[])`)
        : Prisma.sql`
            select latest.*
            from unnest(${accounts}::uuid[]) as a (id)
            cross join lateral ${newest('account', Prisma.sql`${side} = a.id`)} latest`;
    ways.push(of(Prisma.sql`t.payer_account`), of(Prisma.sql`t.payee_account`));
  }
  const rows = await database().$queryRaw`
    with named as (${Prisma.join(ways, ' union all ')})
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

async function accountsWith(actor: Pick<Actor, 'institutionId'>, digits: string): Promise<string[]> {
  const accounts = await database().account.findMany({
    where: { numberLast4: digits, ...(actor.institutionId === null ? {} : { institutionId: actor.institutionId }) },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: ACCOUNTS_MAX,
  });
  return accounts.map(({ id }) => id);
}
