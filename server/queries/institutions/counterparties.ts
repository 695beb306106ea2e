import 'server-only';
import * as z from 'zod';
import { BUSINESS_TYPES } from '@/domain/clearing/transaction';
import type { BoardAxis } from '@/domain/overview/board-axis';
import { businessDay, type TimeRange } from '@/domain/time-range';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';

const Row = z.object({
  direction: z.enum(['out', 'in']),
  counterpartyId: z.int(),
  type: z.enum(BUSINESS_TYPES),
  payments: z.coerce.bigint(),
  amountMinor: z.coerce.bigint(),
});
export type CounterpartyFlow = z.infer<typeof Row>;

/**
 * What one institution paid to, and took in from, each other (itself included, once a side), by business type: payments of every outcome in
 * `currency`, amounts of those that succeeded.
 */
export async function counterparties(
  actor: Actor,
  { institutionId, range, axis, currency }: { institutionId: number; range: TimeRange; axis: BoardAxis; currency: string },
): Promise<CounterpartyFlow[]> {
  if (actor.institutionId !== null && actor.institutionId !== institutionId) return [];
  const source =
    axis.tier === 'hour'
      ? Prisma.sql`pair_hour where hour >= ${range.from} and hour < ${range.to}`
      : Prisma.sql`pair_day where day >= ${businessDay(range.from)}::date and day < ${businessDay(range.to)}::date`;
  const rows = await database().$queryRaw`
    select 'out' as direction, payee_institution_id as "counterpartyId", business_type::text as type,
      sum(succeeded + declined + failed + unknown)::text as payments, sum(amount_minor)::text as "amountMinor"
    from ${source}
      and payer_institution_id = ${institutionId}
      and currency = ${currency}
    group by 2, 3
    union all
    select 'in', payer_institution_id, business_type::text,
      sum(succeeded + declined + failed + unknown)::text, sum(amount_minor)::text
    from ${source}
      and payee_institution_id = ${institutionId}
      and currency = ${currency}
    group by 2, 3`;
  return z.array(Row).parse(rows);
}
