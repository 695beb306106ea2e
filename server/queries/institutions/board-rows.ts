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
});
const Bars = z.object({ id: z.int(), positions: z.array(z.int()), payments: z.array(z.int()), failures: z.array(z.int()) });

export type BoardRow = z.infer<typeof Row> & {
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
  const source = rollup(actor, { range, axis });
  const [totals, bars] = await Promise.all([
    database().$queryRaw`
      select institution_id as id,
        coalesce(sum(succeeded) filter (where role = ${role}::flow_role), 0)::text as succeeded,
        coalesce(sum(declined) filter (where role = ${role}::flow_role), 0)::text as declined,
        coalesce(sum(failed) filter (where role = ${role}::flow_role), 0)::text as failed,
        coalesce(sum(unknown) filter (where role = ${role}::flow_role), 0)::text as unknown,
        coalesce(sum(amount_minor) filter (where role = 'payer' and currency = ${currency}), 0)::text as "outMinor",
        coalesce(sum(amount_minor) filter (where role = 'payee' and currency = ${currency}), 0)::text as "inMinor"
      from (${source}) rollup
      group by 1`,
    database().$queryRaw`
      select id, array_agg(position) as positions, array_agg(payments) as payments, array_agg(failed) as failures
      from (
        select institution_id as id, position, sum(succeeded + declined + failed + unknown)::int as payments, sum(failed)::int as failed
        from (${source}) rollup
        where role = ${role}::flow_role
        group by 1, 2
      ) bar
      group by 1`,
  ]);
  const byId = new Map(
    z
      .array(Bars)
      .parse(bars)
      .map((row) => [
        row.id,
        row.positions.map((position, i) => ({ position, payments: row.payments[i] ?? 0, failed: row.failures[i] ?? 0 })),
      ]),
  );
  return new Map(
    z
      .array(Row)
      .parse(totals)
      .map((row) => [row.id, { ...row, bars: byId.get(row.id) ?? [] }]),
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
