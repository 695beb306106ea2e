import 'server-only';
import * as z from 'zod';
import { BUSINESS_TYPES, type BusinessType, type OutcomeCounts } from '@/domain/clearing/transaction';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { type FlowFilter, flowRows } from './flow-spans';

export type TypePart = OutcomeCounts & {
  readonly type: BusinessType;
  readonly amount: bigint;
  readonly endedAmount: bigint;
  readonly beforeAmount: bigint;
};

const Row = z.object({
  business_type: z.enum(BUSINESS_TYPES),
  succeeded: z.string(),
  declined: z.string(),
  failed: z.string(),
  unknown: z.string(),
  amount: z.string(),
  open_amount: z.string(),
  before_amount: z.string(),
});

/** What one institution paid another by business type: the parts add up to the pair's figures. Largest amount first. */
export async function pairBreakdown(
  actor: Actor,
  filter: FlowFilter & { readonly payerId: number; readonly payeeId: number },
): Promise<readonly TypePart[]> {
  const rows = await database().$queryRaw`
    with row as (${flowRows(actor, filter)})
    select business_type::text as business_type,
      coalesce(sum(succeeded) filter (where period = 'now'), 0)::text as succeeded,
      coalesce(sum(declined) filter (where period = 'now'), 0)::text as declined,
      coalesce(sum(failed) filter (where period = 'now'), 0)::text as failed,
      coalesce(sum(unknown) filter (where period = 'now'), 0)::text as unknown,
      coalesce(sum(amount_minor) filter (where period = 'now'), 0)::text as amount,
      coalesce(sum(amount_minor) filter (where period = 'open'), 0)::text as open_amount,
      coalesce(sum(amount_minor) filter (where period = 'before'), 0)::text as before_amount
    from row
    group by row.business_type
    order by coalesce(sum(amount_minor) filter (where period = 'now'), 0) desc, 1`;
  const compared = filter.aligned.before !== undefined;
  return z
    .array(Row)
    .parse(rows)
    .map((row) => ({
      type: row.business_type,
      succeeded: BigInt(row.succeeded),
      declined: BigInt(row.declined),
      failed: BigInt(row.failed),
      unknown: BigInt(row.unknown),
      amount: BigInt(row.amount),
      endedAmount: compared ? BigInt(row.amount) - BigInt(row.open_amount) : 0n,
      beforeAmount: BigInt(row.before_amount),
    }));
}
