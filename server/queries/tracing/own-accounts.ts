import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

/** Which of these accounts an institution's own people may ask about: its own. Overseers may ask about all that there are. */
export async function ownAccounts(actor: Actor, { accounts }: { accounts: readonly string[] }): Promise<ReadonlySet<string>> {
  const ids = accounts.filter((account) => z.guid().safeParse(account).success);
  const rows = await database().account.findMany({
    where: { id: { in: ids }, ...(actor.institutionId === null ? {} : { institutionId: actor.institutionId }) },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}
