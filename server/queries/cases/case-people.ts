import 'server-only';
import type { CasePerson } from '@/domain/cases/case-item';
import { rolesWith } from '@/domain/permissions';
import { database } from '@/server/database';
import type { Prisma } from '@/server/generated/prisma/client';
import { type Actor, requirePermission } from '@/server/session';

const PEOPLE_MAX = 200;

/** People who can be put on a case, by name, as many as a list of choices holds: {@link worksCases} says who may. Who is on which case stays behind. */
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

/** Whether one person can be put on a case. */
export async function worksCases(tx: Prisma.TransactionClient, id: string): Promise<boolean> {
  return (await tx.appUser.count({ where: { id, role: { in: [...rolesWith('cases:work')] }, disabledAt: null } })) > 0;
}
