import 'server-only';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';

/** Whether row `e` of the log is about a case that the reader is not on: what it says, and of which case, is not theirs to know. */
export function isWithheldFrom(actor: Actor): Prisma.Sql {
  return Prisma.sql`((e.subject_type = 'case' or starts_with(e.action, 'case.')) and not exists (
    select 1 from case_record r join case_member m on m.case_id = r.id
    where r.no = e.subject_id and e.subject_type = 'case' and m.user_id = ${actor.id}::uuid))`;
}
