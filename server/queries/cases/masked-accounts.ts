import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import { type Actor, requirePermission } from '@/server/session';

/** Masked numbers of accounts by name, of a trace that the actor was allowed to ask. Accounts that the platform has no number of have none. */
export async function maskedAccounts(actor: Actor, { accounts }: { accounts: readonly string[] }): Promise<ReadonlyMap<string, string>> {
  requirePermission(actor, 'transactions:view');
  const ids = accounts.filter((account) => z.guid().safeParse(account).success);
  if (ids.length === 0) return new Map();
  const found = await database().account.findMany({ where: { id: { in: ids } }, select: { id: true, numberMasked: true } });
  return new Map(found.map(({ id, numberMasked }) => [id, numberMasked]));
}
