import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import type { Prisma } from '@/server/generated/prisma/client';

const Row = z.object({
  institutionId: z.int(),
  currency: z.string(),
  windowInMinor: z.coerce.bigint(),
  windowOutMinor: z.coerce.bigint(),
  leftInMinor: z.coerce.bigint(),
  leftOutMinor: z.coerce.bigint(),
  takenInMinor: z.coerce.bigint(),
  takenOutMinor: z.coerce.bigint(),
});
/** `window`: succeeded cleared payments of the session's own time · `left`: of those, what later sessions took · `taken`: from earlier ones. */
export type RowSum = z.infer<typeof Row>;

/**
 * What a session's positions are made of, summed from the rows themselves: window − left + taken is the position. Reads every payment of the
 * session; for one institution, only its own.
 */
export async function rowSums(
  session: {
    readonly no: string;
    readonly opensAt: Date;
    readonly cutOffAt: Date;
    readonly currency?: string;
    readonly institutionId?: number;
  },
  reader: Pick<Prisma.TransactionClient, '$queryRaw'> = database(),
): Promise<readonly RowSum[]> {
  const { no, opensAt, cutOffAt, currency = null, institutionId = null } = session;
  const rows = await reader.$queryRaw`
    with moved as (
      select 0 as part, t.payer_institution_id as payer, t.payee_institution_id as payee, t.currency, t.amount_minor::numeric as minor
      from clearing_transaction t
      where t.accepted_at >= ${opensAt} and t.accepted_at < ${cutOffAt} and t.route = 'cleared' and t.status = 'succeeded'
        and (${institutionId}::int is null or ${institutionId}::int in (t.payer_institution_id, t.payee_institution_id))
        and (${currency}::text is null or t.currency = ${currency})
      union all
      select case when l.home_no = ${no} then 1 else 2 end, l.payer_institution_id, l.payee_institution_id, l.currency, l.amount_minor * l.sign
      from settlement_late l
      where (l.home_no = ${no} or l.taken_no = ${no})
        and (${institutionId}::int is null or ${institutionId}::int in (l.payer_institution_id, l.payee_institution_id))
        and (${currency}::text is null or l.currency = ${currency})
    ),
    sides as (
      select part, payee as id, currency, sum(minor) as came, 0::numeric as went from moved group by 1, 2, 3
      union all
      select part, payer, currency, 0, sum(minor) from moved group by 1, 2, 3
    )
    select id as "institutionId", currency,
      coalesce(sum(came) filter (where part = 0), 0)::text as "windowInMinor", coalesce(sum(went) filter (where part = 0), 0)::text as "windowOutMinor",
      coalesce(sum(came) filter (where part = 1), 0)::text as "leftInMinor", coalesce(sum(went) filter (where part = 1), 0)::text as "leftOutMinor",
      coalesce(sum(came) filter (where part = 2), 0)::text as "takenInMinor", coalesce(sum(went) filter (where part = 2), 0)::text as "takenOutMinor"
    from sides
    where ${institutionId}::int is null or id = ${institutionId}::int
    group by 1, 2`;
  return z.array(Row).parse(rows);
}
