import 'server-only';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';

/** Need to know, as a condition on case_record `c`: the actor is on the case. Every query and command of cases carries it. */
export function onCase(actor: Pick<Actor, 'id'>): Prisma.Sql {
  return Prisma.sql`exists (select 1 from case_member own where own.case_id = c.id and own.user_id = ${actor.id}::uuid)`;
}
