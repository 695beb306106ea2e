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
export type BoardRow = z.infer<typeof Row>;

/**
 * What became of the payments in which each institution played `role`, all currencies, and what it paid out and took in in `currency`
 * (succeeded payments only). Institutions without any are left out.
 */
export async function boardRows(
  actor: Actor,
  { range, axis, role, currency }: { range: TimeRange; axis: BoardAxis; role: FlowRole; currency: string },
): Promise<Map<number, BoardRow>> {
  const rows = await database().$queryRaw`
    select institution_id as id,
      coalesce(sum(succeeded) filter (where role = ${role}::flow_role), 0)::text as succeeded,
      coalesce(sum(declined) filter (where role = ${role}::flow_role), 0)::text as declined,
      coalesce(sum(failed) filter (where role = ${role}::flow_role), 0)::text as failed,
      coalesce(sum(unknown) filter (where role = ${role}::flow_role), 0)::text as unknown,
      coalesce(sum(amount_minor) filter (where role = 'payer' and currency = ${currency}), 0)::text as "outMinor",
      coalesce(sum(amount_minor) filter (where role = 'payee' and currency = ${currency}), 0)::text as "inMinor"
    from (${rollup(actor, { range, axis })}) rollup
    group by 1`;
  return new Map(
    z
      .array(Row)
      .parse(rows)
      .map((row) => [row.id, row]),
  );
}

function rollup(actor: Actor, { range, axis }: { range: TimeRange; axis: BoardAxis }): Prisma.Sql {
  const own = actor.institutionId === null ? Prisma.sql`true` : Prisma.sql`institution_id = ${actor.institutionId}`;
  if (axis.tier === 'hour')
    return Prisma.sql`
      select institution_id, role, currency, succeeded, declined, failed, unknown, amount_minor
      from institution_hour
      where hour >= ${range.from}
        and hour < ${range.to}
        and ${own}`;
  const [from, to] = [businessDay(range.from), businessDay(range.to)];
  return Prisma.sql`
    select institution_id, role, currency, succeeded, declined, failed, unknown, amount_minor
    from institution_day
    where day >= ${from}::date
      and day < ${to}::date
      and ${own}`;
}
