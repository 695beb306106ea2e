import 'server-only';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

/** Code of the institution that the actor belongs to; null for overseers, who belong to none. */
export async function ownInstitutionCode(actor: Actor): Promise<string | null> {
  if (actor.institutionId === null) return null;
  const row = await database().institution.findUnique({ where: { id: actor.institutionId }, select: { code: true } });
  return row?.code ?? null;
}
