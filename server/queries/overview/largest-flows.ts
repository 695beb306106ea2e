import 'server-only';
import * as z from 'zod';
import { type BipartiteFlows, bipartiteFlows } from '@/domain/overview/bipartite-flows';
import type { TimeRange } from '@/domain/time-range';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { requireWholePlatform } from './whole-platform';

const Side = z.object({ institutionId: z.int(), amountMinor: z.coerce.bigint() });
const Cell = z.object({ payerId: z.int(), payeeId: z.int(), amountMinor: z.coerce.bigint() });
const Row = z.object({ payers: z.array(Side), payees: z.array(Side), cells: z.array(Cell) });

/**
 * The `top` largest payers against the `top` largest payees of whole hours, the rest folded. Totals of a side come from the institutions'
 * roll-up and only the cells between the largest from the pairs', so that the cost does not grow with the number of pairs.
 * One statement, so that totals and cells of a platform that moves are of one moment.
 */
export async function largestFlows(
  actor: Actor,
  { range, currency, top }: { range: TimeRange; currency: string; top: number },
): Promise<BipartiteFlows> {
  requireWholePlatform(actor);
  const rows = await database().$queryRaw`
    with side as materialized (
      select role, institution_id, sum(amount_minor) as amount_minor,
        row_number() over (partition by role order by sum(amount_minor) desc, institution_id) as place
      from institution_hour
      where hour >= ${range.from}
        and hour < ${range.to}
        and role in ('payer', 'payee')
        and currency = ${currency}
      group by role, institution_id
      having sum(amount_minor) > 0
    ),
    cell as (
      select payer_institution_id, payee_institution_id, sum(amount_minor) as amount_minor
      from pair_hour
      where hour >= ${range.from}
        and hour < ${range.to}
        and payer_institution_id = any(array(select institution_id from side where role = 'payer' and place <= ${top}::int))
        and payee_institution_id = any(array(select institution_id from side where role = 'payee' and place <= ${top}::int))
        and currency = ${currency}
      group by 1, 2
      having sum(amount_minor) > 0
    )
    select
      (select coalesce(jsonb_agg(jsonb_build_object('institutionId', institution_id, 'amountMinor', amount_minor::text)), '[]')
        from side where role = 'payer') as payers,
      (select coalesce(jsonb_agg(jsonb_build_object('institutionId', institution_id, 'amountMinor', amount_minor::text)), '[]')
        from side where role = 'payee') as payees,
      (select coalesce(jsonb_agg(jsonb_build_object('payerId', payer_institution_id, 'payeeId', payee_institution_id,
        'amountMinor', amount_minor::text)), '[]')
        from cell) as cells`;
  const [row] = z.array(Row).length(1).parse(rows);
  return bipartiteFlows({ ...(row as z.infer<typeof Row>), top });
}
