import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

/** Accounts that one search by last digits looks into; of more, the list says that there are more. */
export const ACCOUNTS_MAX = 100;

const Row = z.object({ id: z.string(), masked: z.string(), institution: z.string() });
export type MatchedAccounts = {
  readonly accounts: readonly z.infer<typeof Row>[];
  /** There are more accounts than these. */
  readonly isCut: boolean;
};

/** Accounts whose number ends in these four digits (or characters), at most ACCOUNTS_MAX, in a fixed order; an institution's own people find only its own accounts. */
export async function accountsEndingIn(actor: Actor, { digits, locale }: { digits: string; locale: string }): Promise<MatchedAccounts> {
  const chinese = locale.startsWith('zh');
  const rows = z.array(Row).parse(
    await database().$queryRaw`
      select a.id::text as id, a.number_masked as masked, case when ${chinese} then i.short_zh else i.short_en end as institution
      from account a
      join institution i on i.id = a.institution_id
      where a.number_last4 = ${digits}
        and (${actor.institutionId}::int is null or a.institution_id = ${actor.institutionId}::int)
      order by a.id
      limit ${ACCOUNTS_MAX + 1}`,
  );
  return { accounts: rows.slice(0, ACCOUNTS_MAX), isCut: rows.length > ACCOUNTS_MAX };
}
