'use server';

import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import type { Found } from '@/components/shell/palette-results';
import { withSearch } from '@/domain/links';
import { localAddress } from '@/domain/local-address';
import { searchText } from '@/domain/transactions/transaction-filter';
import { endSession } from '@/server/commands/session/end-session';
import { foundInstitutions } from '@/server/queries/palette/found-institutions';
import { foundTransactions } from '@/server/queries/palette/found-transactions';
import { type Actor, requireActor } from '@/server/session';
import { sessionCookie } from '@/server/session-settings';

/** What the palette shows for a text: institutions by name, code or pinyin initials, payments by any id or an account's last digits. */
export async function findAnything(text: string): Promise<Found> {
  const actor = await requireActor('console:enter');
  const wish = searchText(String(text));
  const [institutions, transactions] = await Promise.all([foundInstitutions(actor, wish), foundTransactions(actor, wish)]);
  return { institutions, transactions };
}

/** Ends the session in the database and forgets its cookie. */
export async function leave(): Promise<void> {
  const actor = await requireActor('console:enter');
  await end(actor);
  redirect('/sign-in');
}

/** The same, for somebody who wants `address` as another person: it opens once they have signed in. */
export async function leaveFor(address: string): Promise<void> {
  const actor = await requireActor('console:enter');
  await end(actor);
  redirect(withSearch('/sign-in', { from: localAddress(String(address)) }));
}

async function end(actor: Actor): Promise<void> {
  await endSession(actor, { sessionId: actor.sessionId, now: new Date() });
  (await cookies()).delete(sessionCookie().name);
}
