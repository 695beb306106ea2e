import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';
import { type PairHourScope, seesPair } from './pair-hour-conditions';

/** Newest payments of the platform that are looked through for the pair's: pairs have no latency roll-up, and a page must not scan a day. */
export const LATENCY_LOOKED_THROUGH = 100_000;

export type PairLatency = {
  /** Answered payments of the pair that were found. */
  readonly answered: number;
  /** Payments of the platform that were looked through; fewer than {@link LATENCY_LOOKED_THROUGH} means the whole range was. */
  readonly lookedThrough: number;
  /** Accepted → answered, milliseconds. Null where none is answered. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
};

const Row = z.object({
  looked_through: z.int(),
  answered: z.int(),
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
});

/** Time from acceptance to answer of the pair's newest payments of the range, exact percentiles of those found. */
export async function pairLatency(actor: Actor, question: PairHourScope): Promise<PairLatency> {
  const { range, currency, types, payerId, payeeId } = question;
  if (!seesPair(actor, question)) return { answered: 0, lookedThrough: 0, p50Ms: null, p95Ms: null, p99Ms: null };
  const typed = types.length > 0 ? Prisma.sql`and business_type = any(${[...types]}::business_type[])` : Prisma.empty;
  const rows = await database().$queryRaw`
    with newest as (
      select accepted_at, responded_at, payer_institution_id, payee_institution_id, currency, business_type
      from clearing_transaction
      where accepted_at >= ${range.from}
        and accepted_at < ${range.to}
      order by accepted_at desc
      limit ${LATENCY_LOOKED_THROUGH}
    ),
    pair as (
      select extract(epoch from responded_at - accepted_at)::float8 * 1000 as ms
      from newest
      where payer_institution_id = ${payerId}
        and payee_institution_id = ${payeeId}
        and currency = ${currency}
        and responded_at is not null
        ${typed}
    )
    select (select count(*)::int from newest) as looked_through,
      count(*)::int as answered,
      percentile_disc(0.5) within group (order by ms) as p50,
      percentile_disc(0.95) within group (order by ms) as p95,
      percentile_disc(0.99) within group (order by ms) as p99
    from pair`;
  const row = Row.parse((rows as unknown[])[0]);
  return { answered: row.answered, lookedThrough: row.looked_through, p50Ms: row.p50, p95Ms: row.p95, p99Ms: row.p99 };
}
