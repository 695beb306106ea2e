import 'server-only';
import * as z from 'zod';
import { type BipartiteFlows, bipartiteFlows, type SideTotal } from '@/domain/overview/bipartite-flows';
import type { TimeRange } from '@/domain/time-range';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { requireWholePlatform } from './whole-platform';

const Side = z.object({ role: z.enum(['payer', 'payee']), institutionId: z.int(), amountMinor: z.coerce.bigint() });
const Cell = z.object({ payerId: z.int(), payeeId: z.int(), amountMinor: z.coerce.bigint() });

/**
 * The `top` largest payers against the `top` largest payees of whole hours, the rest folded. Totals of a side come from the institutions'
 * roll-up and only the cells between the largest from the pairs', so that the cost does not grow with the number of pairs.
 */
export async function largestFlows(
  actor: Actor,
  { range, currency, top }: { range: TimeRange; currency: string; top: number },
): Promise<BipartiteFlows> {
  requireWholePlatform(actor);
  // One snapshot: totals and cells of a platform that moves must be of the same moment.
  return database().$transaction(
    async (tx) => {
      const sides = z.array(Side).parse(
        await tx.$queryRaw`
          select role::text as role, institution_id as "institutionId", sum(amount_minor)::text as "amountMinor"
          from institution_hour
          where hour >= ${range.from}
            and hour < ${range.to}
            and role in ('payer', 'payee')
            and currency = ${currency}
          group by 1, 2
          having sum(amount_minor) > 0`,
      );
      const of = (role: 'payer' | 'payee') => sides.filter((side) => side.role === role);
      const ids = (list: SideTotal[]) =>
        list
          .sort((a, b) => (a.amountMinor === b.amountMinor ? a.institutionId - b.institutionId : a.amountMinor > b.amountMinor ? -1 : 1))
          .slice(0, top)
          .map((side) => side.institutionId);
      const payers = of('payer');
      const payees = of('payee');
      const cells = z.array(Cell).parse(
        await tx.$queryRaw`
          select payer_institution_id as "payerId", payee_institution_id as "payeeId", sum(amount_minor)::text as "amountMinor"
          from pair_hour
          where hour >= ${range.from}
            and hour < ${range.to}
            and payer_institution_id = any(${ids(payers)}::int[])
            and payee_institution_id = any(${ids(payees)}::int[])
            and currency = ${currency}
          group by 1, 2
          having sum(amount_minor) > 0`,
      );
      return bipartiteFlows({ payers, payees, cells, top });
    },
    { isolationLevel: 'RepeatableRead' },
  );
}
