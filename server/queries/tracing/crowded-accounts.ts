import 'server-only';
import * as z from 'zod';
import { Prisma } from '@/server/generated/prisma/client';
import { type PaymentScope, type Reader, within } from './account-payments';

const Row = z.object({ account: z.string(), payments: z.coerce.number() });

/**
 * Which of the accounts have more than `degree` payments, with how many. Asked only of a frontier that is too large to be read at once;
 * counting runs where the rows are.
 */
export async function crowdedAccounts(
  reader: Reader,
  accounts: readonly string[],
  scope: PaymentScope,
  degree: number,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const side of [Prisma.sql`t.payer_account`, Prisma.sql`t.payee_account`]) {
    const rows = z.array(Row).parse(
      await reader.$queryRaw`
        select ${side}::text as account, count(*)::text as payments
        from clearing_transaction t
        where ${side} = any(${[...accounts]}::uuid[])
          and ${within(scope)}
        group by 1`,
    );
    for (const { account, payments } of rows) counts.set(account, (counts.get(account) ?? 0) + payments);
  }
  return new Map([...counts].filter(([, payments]) => payments > degree));
}
