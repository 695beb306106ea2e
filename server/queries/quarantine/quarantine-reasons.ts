import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { type QuarantineScope, quarantineConditions } from './quarantine-conditions';

const Row = z.object({ reason: z.string(), lines: z.int(), institutions: z.int(), newestAt: z.date() });
export type QuarantineReason = z.infer<typeof Row>;

/** How many lines of a scope were refused for each reason, most first. The scope's own reason is left out: one sees what else there is. */
export async function quarantineReasons(actor: Actor, { scope }: { scope: QuarantineScope }): Promise<readonly QuarantineReason[]> {
  const rows = await database().$queryRaw`
    select q.reason, count(*)::int as lines, count(distinct q.institution_id)::int as institutions, max(q.received_at) as "newestAt"
    from quarantined_line q
    left join institution i on i.id = q.institution_id
    where ${quarantineConditions({ ...scope, reason: undefined }, actor.institutionId)}
    group by q.reason
    order by lines desc, q.reason`;
  return z.array(Row).parse(rows);
}
