import 'server-only';
import { Forbidden } from '@/server/errors';
import type { Actor } from '@/server/session';

/** Figures of the whole platform are no institution's business. Throws Forbidden before anything is read. */
export function requireWholePlatform(actor: Actor): void {
  if (actor.institutionId !== null) throw new Forbidden('overview:view');
}
