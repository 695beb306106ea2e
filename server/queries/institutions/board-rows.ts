import 'server-only';
import * as z from 'zod';
import type { FlowRole } from '@/domain/clearing/transaction';
import type { BoardAxis } from '@/domain/overview/board-axis';
import { businessDay, type TimeRange } from '@/domain/time-range';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';

const Row = z.object({
  id: z.int(),
  succeeded: z.coerce.bigint(),
  declined: z.coerce.bigint(),
  failed: z.coerce.bigint(),
  unknown: z.coerce.bigint(),
  outMinor: z.coerce.bigint(),
  inMinor: z.coerce.bigint(),
  positions: z.array(z.int()),
  payments: z.array(z.int()),
  failures: z.array(z.int()),
});
type Totals = Omit<z.infer<typeof Row>, 'positions' | 'payments' | 'failures'>;

export type BoardRow = Totals & {
  /** Bars that hold anything; `position` counts buckets from the range's start. */
  readonly bars: readonly { readonly position: number; readonly payments: number; readonly failed: number }[];
};

/**
 * What became of the payments in which each institution played `role`, all currencies, and what it paid out and took in in `currency`
 * (succeeded payments only), with a bar for each bucket of the axis. Institutions without any are left out.
 */
export async function boardRows(
  actor: Actor,
  { range, axis, role, currency }: { range: TimeRange; axis: BoardAxis; role: FlowRole; currency: string },
): Promise<Map<number, BoardRow>> {
  // One reading of the roll-up: bars first, and an institution's totals are the sums of its bars.
  const rows = await database().$queryRaw`
    with bar as (
      select institution_id as id, position,
        count(*) filter (where role = ${role}::flow_role) as rows,
        coalesce(sum(succeeded) filter (where role = ${role}::flow_role), 0) as succeeded,
        coalesce(sum(declined) filter (where role = ${role}::flow_role), 0) as declined,
        coalesce(sum(failed) filter (where role = ${role}::flow_role), 0) as failed,
        coalesce(sum(unknown) filter (where role = ${role}::flow_role), 0) as unknown,
        coalesce(sum(amount_minor) filter (where role = 'payer' and currency = ${currency}), 0) as out_minor,
        coalesce(sum(amount_minor) filter (where role = 'payee' and currency = ${currency}), 0) as in_minor
      from (${rollup(actor, { range, axis })}) rollup
      group by 1, 2
    )
    select id,
      sum(succeeded)::text as succeeded,
      sum(declined)::text as declined,
      sum(failed)::text as failed,
      sum(unknown)::text as unknown,
      sum(out_minor)::text as "outMinor",
      sum(in_minor)::text as "inMinor",
      coalesce(array_agg(position) filter (where rows > 0), '{}') as positions,
      coalesce(array_agg((succeeded + declined + failed + unknown)::int) filter (where rows > 0), '{}') as payments,
      coalesce(array_agg(failed::int) filter (where rows > 0), '{}') as failures
    from bar
    group by 1`;
  return new Map(
    z
      .array(Row)
      .parse(rows)
      .map(({ positions, payments, failures, ...totals }) => [
        totals.id,
        {
          ...totals,
          bars: positions.map((position, i) => ({ position, payments: payments[i] ?? 0, failed: failures[i] ?? 0 })),
        },
      ]),
  );
}

function rollup(actor: Actor, { range, axis }: { range: TimeRange; axis: BoardAxis }): Prisma.Sql {
  const own = actor.institutionId === null ? Prisma.sql`true` : Prisma.sql`institution_id = ${actor.institutionId}`;
  if (axis.tier === 'hour')
    return Prisma.sql`
      select institution_id, role, currency, succeeded, declined, failed, unknown, amount_minor,
        floor(extract(epoch from hour - ${range.from}::timestamptz) / ${axis.bucketMs / 1000}::float8)::int as position
      from institution_hour
      where hour >= ${range.from}
        and hour < ${range.to}
        and ${own}`;
  const [from, to] = [businessDay(range.from), businessDay(range.to)];
  return Prisma.sql`
    select institution_id, role, currency, succeeded, declined, failed, unknown, amount_minor,
      (day - ${from}::date) / ${axis.bucketMs / 86_400_000}::int as position
    from institution_day
    where day >= ${from}::date
      and day < ${to}::date
      and ${own}`;
}
