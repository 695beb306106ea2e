import 'server-only';
import type { Cause } from '@/domain/connectivity/institution-verdict';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

/** Why an institution is not well, as it was last judged; null while it is. */
export async function institutionCause(actor: Actor, { institutionId }: { institutionId: number }): Promise<Cause | null> {
  if (actor.institutionId !== null && actor.institutionId !== institutionId) return null;
  const row = await database().institutionState.findUnique({ where: { institutionId }, select: { cause: true } });
  return (row?.cause ?? null) as Cause | null;
}
