'use server';

import { revalidatePath } from 'next/cache';
import { endSession } from '@/server/commands/session/end-session';
import { isCommandFault } from '@/server/errors';
import { requireActor } from '@/server/session';

/** Ends one of one's own other sessions; false where there is no such session of theirs. */
export async function endOwnSession(sessionId: string): Promise<boolean> {
  const actor = await requireActor('console:enter');
  try {
    await endSession(actor, { sessionId: String(sessionId), now: new Date() });
  } catch (error) {
    if (isCommandFault(error)) return false;
    throw error;
  }
  revalidatePath('/account');
  return true;
}
