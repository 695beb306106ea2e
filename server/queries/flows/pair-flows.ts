import 'server-only';
import * as z from 'zod';
import type { PairFlow } from '@/domain/flows/pair-flow';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { type FlowFilter, flowRows } from './flow-spans';

const Row = z.object({
  payers: z.string(),
  payees: z.string(),
  amounts: z.string(),
  succeeded: z.string(),
  declined: z.string(),
  failed: z.string(),
  unknown: z.string(),
  ended_amounts: z.string(),
  ended_payments: z.string(),
  before_amounts: z.string(),
  before_payments: z.string(),
});

/**
 * What every institution paid every other in the range and in the span it is compared with. One row of lists comes back rather than one
 * row a pair: 35,000 rows cost the driver more than the database.
 */
export async function pairFlows(actor: Actor, filter: FlowFilter): Promise<readonly PairFlow[]> {
  const compared = filter.aligned.before !== undefined;
  const rows = await database().$queryRaw`
    with row as (${flowRows(actor, filter)}),
    flow as (
      select payer, payee,
        coalesce(sum(amount_minor) filter (where period = 'now'), 0) as amount,
        coalesce(sum(succeeded) filter (where period = 'now'), 0) as succeeded,
        coalesce(sum(declined) filter (where period = 'now'), 0) as declined,
        coalesce(sum(failed) filter (where period = 'now'), 0) as failed,
        coalesce(sum(unknown) filter (where period = 'now'), 0) as unknown,
        coalesce(sum(amount_minor) filter (where period = 'open'), 0) as open_amount,
        coalesce(sum(succeeded + declined + failed + unknown) filter (where period = 'open'), 0) as open_payments,
        coalesce(sum(amount_minor) filter (where period = 'before'), 0) as before_amount,
        coalesce(sum(succeeded + declined + failed + unknown) filter (where period = 'before'), 0) as before_payments
      from row
      group by payer, payee
    )
    select
      coalesce(string_agg(payer::text, ','), '') as payers,
      coalesce(string_agg(payee::text, ','), '') as payees,
      coalesce(string_agg(amount::text, ','), '') as amounts,
      coalesce(string_agg(succeeded::text, ','), '') as succeeded,
      coalesce(string_agg(declined::text, ','), '') as declined,
      coalesce(string_agg(failed::text, ','), '') as failed,
      coalesce(string_agg(unknown::text, ','), '') as unknown,
      coalesce(string_agg((amount - open_amount)::text, ','), '') as ended_amounts,
      coalesce(string_agg((succeeded + declined + failed + unknown - open_payments)::text, ','), '') as ended_payments,
      coalesce(string_agg(before_amount::text, ','), '') as before_amounts,
      coalesce(string_agg(before_payments::text, ','), '') as before_payments
    from flow`;
  return pairsOf(Row.parse((rows as unknown[])[0]), compared);
}

function pairsOf(row: z.infer<typeof Row>, compared: boolean): readonly PairFlow[] {
  if (row.payers === '') return [];
  const payers = row.payers.split(',').map(Number);
  const payees = row.payees.split(',').map(Number);
  const amounts = wholes(row.amounts);
  const succeeded = wholes(row.succeeded);
  const declined = wholes(row.declined);
  const failed = wholes(row.failed);
  const unknown = wholes(row.unknown);
  const endedAmounts = wholes(row.ended_amounts);
  const endedPayments = wholes(row.ended_payments);
  const beforeAmounts = wholes(row.before_amounts);
  const beforePayments = wholes(row.before_payments);
  return payers.map((payerId, i) => ({
    payerId,
    payeeId: payees[i] as number,
    amount: amounts[i] as bigint,
    succeeded: succeeded[i] as bigint,
    declined: declined[i] as bigint,
    failed: failed[i] as bigint,
    unknown: unknown[i] as bigint,
    endedAmount: compared ? (endedAmounts[i] as bigint) : 0n,
    endedPayments: compared ? (endedPayments[i] as bigint) : 0n,
    beforeAmount: beforeAmounts[i] as bigint,
    beforePayments: beforePayments[i] as bigint,
  }));
}

function wholes(text: string): readonly bigint[] {
  return text.split(',').map(BigInt);
}
