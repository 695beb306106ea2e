import 'server-only';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

export type SavedView = { readonly id: string; readonly name: string; readonly search: string };

/** The actor's own ways of looking at the inbox, oldest first. */
export async function savedViews(actor: Actor): Promise<readonly SavedView[]> {
  const views = await database().alertSavedView.findMany({ where: { userId: actor.id }, orderBy: { id: 'asc' } });
  return views.map(({ id, name, search }) => ({ id: String(id), name, search }));
}
