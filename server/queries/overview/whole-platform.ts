import 'server-only';
import type { Actor } from '@/server/session';

/** Figures of the whole platform are no institution's business. Throws before anything is read. */
export function requireWholePlatform(actor: Actor): void {
  if (actor.institutionId !== null) throw new Error('the overview is of the whole platform');
}
