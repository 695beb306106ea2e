import type { Actor } from '@/server/session';

/** A person of a test: a regulator of the whole platform, or whoever the changes make of them. */
export function testActor(changes: Partial<Actor> = {}): Actor {
  return { id: '00000000-0000-4000-8000-000000000001', role: 'regulator', institutionId: null, ...changes } as Actor;
}
