import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

const Row = z.object({
  id: z.string(),
  proposedBy: z.string(),
  proposedByName: z.string(),
  proposedAt: z.date(),
  note: z.string().nullable(),
  digest: z.string(),
  outcome: z.enum(['open', 'confirmed', 'rejected', 'withdrawn', 'outdated']),
  decidedByName: z.string().nullable(),
  decidedAt: z.date().nullable(),
  reason: z.string().nullable(),
});
export type ClosingRow = z.infer<typeof Row>;

/** Everything that people did about closing a session, newest first. Not for institutions: it names the overseer's people. */
export async function closings(actor: Actor, { no }: { no: string }): Promise<readonly ClosingRow[]> {
  if (actor.institutionId !== null) return [];
  const rows = await database().$queryRaw`
    select c.id::text as id, c.proposed_by::text as "proposedBy", p.display_name as "proposedByName", c.proposed_at as "proposedAt", c.note,
      c.positions_digest as digest, c.outcome, d.display_name as "decidedByName", c.decided_at as "decidedAt", c.reason
    from settlement_closing c
    join app_user p on p.id = c.proposed_by
    left join app_user d on d.id = c.decided_by
    where c.session_no = ${no}
    order by c.id desc`;
  return z.array(Row).parse(rows);
}
