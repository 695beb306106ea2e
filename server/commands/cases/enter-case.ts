import 'server-only';
import * as z from 'zod';
import { CASE_NO } from '@/domain/cases/case-filter';
import { CASE_PARTS } from '@/domain/cases/case-parts';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { type Actor, requirePermission } from '@/server/session';
import { refuseCase } from './refuse-case';

const Row = z.object({ id: z.string(), part: z.enum(CASE_PARTS), seen: z.boolean() });
export type EnteredCase = Pick<z.infer<typeof Row>, 'id' | 'part'>;

/** Reloads and steps on one case within this time are one visit. */
const VISIT_MINUTES = 5;

/**
 * The door to a case: what the actor is on it, or null where there is none that they may see, which reads the same whether it exists or
 * not. Opening is audited once a visit, being refused each time. Throws Forbidden.
 */
export async function enterCase(actor: Actor, { no, as = 'page' }: { no: string; as?: 'page' | 'report' }): Promise<EnteredCase | null> {
  requirePermission(actor, 'cases:view');
  if (!CASE_NO.test(no)) return null;
  const action = as === 'page' ? 'case.viewed' : 'case.report-viewed';
  const [found] = z.array(Row).parse(
    await database().$queryRaw`
      select c.id::text as id, m.part,
        exists (
          select 1 from audit_event e
          where e.subject_type = 'case' and e.subject_id = c.no
            and e.at > now() - make_interval(mins => ${VISIT_MINUTES}::int)
            and e.action = ${action} and e.actor_id = m.user_id and e.session_id = ${actor.sessionId}::uuid
        ) as seen
      from case_record c
      join case_member m on m.case_id = c.id and m.user_id = ${actor.id}::uuid
      where c.no = ${no}`,
  );
  if (!found) {
    await refuseCase(actor, { no, wanted: as });
    return null;
  }
  if (!found.seen) await recordAudit(database(), actor, { action, subject: { type: 'case', id: no } });
  return { id: found.id, part: found.part };
}
