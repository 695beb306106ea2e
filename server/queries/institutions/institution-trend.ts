import 'server-only';
import * as z from 'zod';
import { FLOW_ROLES } from '@/domain/clearing/transaction';
import type { BoardAxis } from '@/domain/overview/board-axis';
import { businessDay, type TimeRange } from '@/domain/time-range';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';

const Row = z.object({
  position: z.int(),
  role: z.enum(FLOW_ROLES),
  succeeded: z.coerce.bigint(),
  declined: z.coerce.bigint(),
  failed: z.coerce.bigint(),
  unknown: z.coerce.bigint(),
  amountMinor: z.coerce.bigint(),
});
export type TrendRow = z.infer<typeof Row>;

/** One institution's payments bucket by bucket and role by role, all currencies; amounts of succeeded payments in `currency`. */
export async function institutionTrend(
  actor: Actor,
  { institutionId, range, axis, currency }: { institutionId: number; range: TimeRange; axis: BoardAxis; currency: string },
): Promise<TrendRow[]> {
  if (actor.institutionId !== null && actor.institutionId !== institutionId) return [];
  const source =
    axis.tier === 'hour'
      ? Prisma.sql`
          select role, currency, succeeded, declined, failed, unknown, amount_minor,
            floor(extract(epoch from hour - ${range.from}::timestamptz) / ${axis.bucketMs / 1000}::float8)::int as position
          from institution_hour
          where institution_id = ${institutionId}
            and hour >= ${range.from}
            and hour < ${range.to}`
      : Prisma.sql`
          select role, currency, succeeded, declined, failed, unknown, amount_minor,
            (day - ${businessDay(range.from)}::date) / ${axis.bucketMs / 86_400_000}::int as position
          from institution_day
          where institution_id = ${institutionId}
            and day >= ${businessDay(range.from)}::date
            and day < ${businessDay(range.to)}::date`;
  const rows = await database().$queryRaw`
    select position, role::text as role,
      sum(succeeded)::text as succeeded,
      sum(declined)::text as declined,
      sum(failed)::text as failed,
      sum(unknown)::text as unknown,
      coalesce(sum(amount_minor) filter (where currency = ${currency}), 0)::text as "amountMinor"
    from (${source}) rollup
    group by 1, 2
    order by 1, 2`;
  return z.array(Row).parse(rows);
}
