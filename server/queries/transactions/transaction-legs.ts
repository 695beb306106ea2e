import 'server-only';
import * as z from 'zod';
import { LEG_PARTIES, LEG_STATUSES } from '@/domain/clearing/transaction';
import type { ChainLeg } from '@/domain/tracing/payment-chain-records';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import type { TransactionDetail } from './transaction-detail';

/** Records of one payment that a page reads; a party that repeats itself without end is cut here, and the page says so. */
export const LEGS_MAX = 200;

const Row = z.object({
  party: z.enum(LEG_PARTIES),
  institutionId: z.int(),
  reporterId: z.int(),
  serial: z.string(),
  startedAtMs: z.number(),
  endedAtMs: z.number(),
  postedAtMs: z.number().nullable(),
  valueDate: z.string().nullable(),
  amountMinor: z.coerce.bigint(),
  currency: z.string(),
  status: z.enum(LEG_STATUSES),
});

/** What each party recorded of a payment that the actor has already been shown, in order of time. */
export async function transactionLegs(_actor: Actor, { transaction }: { transaction: TransactionDetail }): Promise<readonly ChainLeg[]> {
  const rows = await database().$queryRaw`
    select party::text as party, institution_id as "institutionId", reporter_id as "reporterId", serial,
      (extract(epoch from started_at) * 1000)::float8 as "startedAtMs",
      (extract(epoch from ended_at) * 1000)::float8 as "endedAtMs",
      (extract(epoch from posted_at) * 1000)::float8 as "postedAtMs",
      value_date::text as "valueDate", amount_minor::text as "amountMinor", currency, status::text as status
    from leg
    where transaction_key = ${transaction.key}::uuid
    order by started_at, party, serial
    limit ${LEGS_MAX}`;
  return z.array(Row).parse(rows);
}
