import 'server-only';
import type { CasePerson } from '@/domain/cases/case-item';
import { rolesWith } from '@/domain/permissions';
import { database } from '@/server/database';
import { type Actor, requirePermission } from '@/server/session';

const PEOPLE_MAX = 200;

/** People who can be put on a case, by name. Who is on which case stays behind. */
export async function casePeople(actor: Actor): Promise<readonly CasePerson[]> {
  requirePermission(actor, 'cases:view');
  const people = await database().appUser.findMany({
    where: { role: { in: [...rolesWith('cases:work')] }, disabledAt: null },
    orderBy: [{ displayName: 'asc' }, { login: 'asc' }],
    select: { id: true, displayName: true },
    take: PEOPLE_MAX,
  });
  return people.map(({ id, displayName }) => ({ id, name: displayName }));
}
