import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import { transactionKeyOf } from '@/server/identity';
import { KEPT_PLAN } from '@/server/kept-plan';
import type { Actor } from '@/server/session';
import { isParty } from './transaction-conditions';

/** Payments that one id may name before the rest is left to the list: an end-to-end id is its sender's and need not be unique. */
export const FOUND_MAX = 50;

const Row = z.object({ key: z.string(), transaction_id: z.string(), accepted_at: z.date() });
export type FoundTransaction = { readonly key: string; readonly id: string; readonly acceptedAt: Date };

/**
 * The payments that carry exactly this id: transaction id, transaction key, UETR or end-to-end id, newest first, FOUND_MAX at most.
 * A UUID may be a key or a UETR; the key of a transaction id is computed, so that every look-up goes by an index.
 */
export async function findTransactions(actor: Actor, { id }: { id: string }): Promise<readonly FoundTransaction[]> {
  const text = id.trim();
  if (!ID.test(text)) return [];
  const uuid = UUID.test(text) ? text.toLowerCase() : null;
  const mine = actor.institutionId === null ? Prisma.empty : Prisma.sql`and ${isParty([actor.institutionId])}`;
  const by = (condition: Prisma.Sql) => Prisma.sql`
    (select t.transaction_key, t.transaction_id, t.accepted_at
    from clearing_transaction t
    where ${condition}
      ${mine}
    order by t.accepted_at desc
    limit ${FOUND_MAX})`;
  const keys = uuid ? [uuid, transactionKeyOf(text)] : [transactionKeyOf(text)];
  const ways = [
    by(Prisma.sql`t.transaction_key in (${Prisma.join(keys.map((key) => Prisma.sql`${key}::uuid`))})`),
    by(Prisma.sql`t.end_to_end_id = ${text}`),
  ];
  if (uuid) ways.push(by(Prisma.sql`t.uetr = ${uuid}::uuid`));
  const rows = await database().$queryRaw`
    ${KEPT_PLAN}
    select transaction_key::text as key, transaction_id, accepted_at
    from (${Prisma.join(ways, ' union ')}) found
    order by accepted_at desc
    limit ${FOUND_MAX}`;
  return z
    .array(Row)
    .parse(rows)
    .map((row) => ({ key: row.key, id: row.transaction_id, acceptedAt: row.accepted_at }));
}

// What the feed admits as an identifier.
const ID = /^[\x21-\x7e]{1,64}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
