import 'server-only';
import { rolesWith } from '@/domain/permissions';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

export type Triager = { readonly id: string; readonly name: string; readonly login: string };
const PEOPLE_MAX = 60;

/** People who can be given alerts: oneself first, then by name. */
export async function triagers(actor: Actor): Promise<readonly Triager[]> {
  const people = await database().appUser.findMany({
    where: { role: { in: [...rolesWith('alerts:triage')] }, disabledAt: null, institutionId: actor.institutionId },
    orderBy: { displayName: 'asc' },
    select: { id: true, displayName: true, login: true },
    take: PEOPLE_MAX,
  });
  return people
    .map(({ id, displayName, login }) => ({ id, name: displayName, login }))
    .sort((a, b) => Number(b.id === actor.id) - Number(a.id === actor.id));
}
