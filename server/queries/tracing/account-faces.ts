import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

const Row = z.object({
  account: z.string(),
  masked: z.string(),
  tail: z.string(),
  code: z.string(),
  name: z.string(),
  full: z.string(),
  kind: z.enum(['bank', 'payment', 'clearing', 'external']),
});

/** How an account is shown: masked number, last digits and the institution that keeps it. */
export type AccountFace = z.infer<typeof Row>;

/**
 * Faces of accounts by name, in the reader's language; accounts that the platform has no number of have none. For the accounts of a trace
 * that the actor was allowed to ask, and never more than a screen of them.
 */
export async function accountFaces(
  _actor: Actor,
  { accounts, locale }: { accounts: readonly string[]; locale: string },
): Promise<ReadonlyMap<string, AccountFace>> {
  const ids = accounts.filter((account) => z.guid().safeParse(account).success);
  if (ids.length === 0) return new Map();
  const chinese = locale.startsWith('zh');
  const rows = z.array(Row).parse(
    await database().$queryRaw`
      select a.id::text as account, a.number_masked as masked, a.number_last4 as tail, i.code,
        case when ${chinese} then i.short_zh else i.short_en end as name,
        case when ${chinese} then i.name_zh else i.name_en end as full,
        i.kind::text as kind
      from account a
      join institution i on i.id = a.institution_id
      where a.id = any(${ids}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.account, row]));
}
