import 'server-only';
import { database } from '@/server/database';
import { environment } from '@/server/environment';
import { AccountKeys } from '@/server/identity';
import type { Actor } from '@/server/session';

/**
 * The accounts that carry this full number, at whichever institution: pseudonyms are computed for each, so the number itself is compared
 * with nothing that is stored. An institution's own people find only its own.
 */
export async function accountsOfNumber(actor: Actor, { number }: { number: string }): Promise<readonly string[]> {
  const keys = new AccountKeys(environment().HEADWATER_ACCOUNT_KEY);
  const institutions = await database().institution.findMany({
    where: actor.institutionId === null ? {} : { id: actor.institutionId },
    select: { id: true },
  });
  const accounts = await database().account.findMany({
    where: { id: { in: institutions.map(({ id }) => keys.idOf(id, number)) } },
    select: { id: true },
    take: 20,
  });
  return accounts.map(({ id }) => id);
}
