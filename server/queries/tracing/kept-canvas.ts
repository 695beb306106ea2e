import 'server-only';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

/** The steps of a picture that were too long for an address, or null where nothing is kept under this id. */
export async function keptCanvas(_actor: Actor, { id }: { id: string }): Promise<string | null> {
  if (!/^[A-Za-z0-9_-]{22}$/.test(id)) return null;
  return (await database().traceCanvas.findUnique({ where: { id }, select: { steps: true } }))?.steps ?? null;
}
