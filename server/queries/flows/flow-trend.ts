import 'server-only';
import * as z from 'zod';
import { type BusinessType, ROUTES, type Route } from '@/domain/clearing/transaction';
import type { TrendBucket } from '@/domain/flows/trend';
import type { TimeRange } from '@/domain/time-range';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';

export type TrendQuestion = {
  /** Widened to whole steps. */
  readonly range: TimeRange;
  readonly stepS: number;
  readonly currency: string;
  /** Empty: all. */
  readonly types: readonly BusinessType[];
  readonly byRoute: boolean;
};

const Row = z.object({
  at: z.date(),
  route: z.enum(ROUTES).nullable(),
  succeeded: z.string(),
  declined: z.string(),
  failed: z.string(),
  unknown: z.string(),
  amount_minor: z.string(),
});

/**
 * The platform's payments by step, only steps that hold any. An institution's own people see the payments in which it pays or is paid, by
 * the hour and not by route: that is how pairs are rolled up.
 */
export async function flowTrend(actor: Actor, question: TrendQuestion): Promise<readonly TrendBucket[]> {
  const { range, stepS, currency } = question;
  const rows = await database().$queryRaw`
    with row as (${tierRows(actor, question)})
    select date_bin(make_interval(secs => ${stepS}), at, ${range.from}) as at, route,
      sum(succeeded)::text as succeeded,
      sum(declined)::text as declined,
      sum(failed)::text as failed,
      sum(unknown)::text as unknown,
      sum(amount_minor)::text as amount_minor
    from row
    where at >= ${range.from}
      and at < ${range.to}
      and currency = ${currency}
    group by 1, 2
    order by 1, 2`;
  return z
    .array(Row)
    .parse(rows)
    .map((row) => ({
      at: row.at,
      route: row.route as Route | null,
      succeeded: BigInt(row.succeeded),
      declined: BigInt(row.declined),
      failed: BigInt(row.failed),
      unknown: BigInt(row.unknown),
      amount: BigInt(row.amount_minor),
    }));
}

/** The coarsest tier that answers exactly. */
function tierRows(actor: Actor, { stepS, types, byRoute }: TrendQuestion): Prisma.Sql {
  const typed = types.length > 0 ? Prisma.sql`where business_type = any(${[...types]}::business_type[])` : Prisma.empty;
  const route = byRoute ? Prisma.sql`route::text` : Prisma.sql`null::text`;
  if (actor.institutionId !== null) {
    const own = Prisma.sql`(payer_institution_id = ${actor.institutionId} or payee_institution_id = ${actor.institutionId})`;
    const and = types.length > 0 ? Prisma.sql`and business_type = any(${[...types]}::business_type[])` : Prisma.empty;
    return Prisma.sql`
      select hour as at, currency, null::text as route, succeeded, declined, failed, unknown, amount_minor
      from pair_hour
      where ${own} ${and}`;
  }
  if (stepS % 3600 === 0)
    return Prisma.sql`
      select hour as at, currency, ${route} as route, succeeded, declined, failed, unknown, amount_minor
      from platform_hour ${typed}`;
  if (types.length === 0 && !byRoute && stepS % 300 === 0)
    return Prisma.sql`
      select slot as at, currency, null::text as route, succeeded, declined, failed, unknown, amount_minor
      from platform_slot`;
  return Prisma.sql`
    select minute as at, currency, ${route} as route, succeeded, declined, failed, unknown, amount_minor
    from platform_minute ${typed}`;
}
