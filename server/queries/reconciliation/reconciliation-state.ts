import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { ReconciledAmount } from './reconciliation-runs';

const Row = z.object({
  tier: z.string(),
  runs: z.int(),
  buckets: z.coerce.bigint(),
  lastAt: z.date(),
  lastFrom: z.date(),
  lastTo: z.date(),
  lastBuckets: z.coerce.bigint(),
  lastRaw: z.coerce.bigint(),
  lastRollup: z.coerce.bigint(),
  lastMismatches: z.int(),
  lastAmounts: z.array(ReconciledAmount),
});
/** The newest check of one roll-up table, and how much was checked in a day. */
export type TierProof = z.infer<typeof Row>;

/** Each roll-up table's newest check, by name, with the checks of the 24 hours before `asOf`. */
export async function reconciliationState(actor: Actor, { asOf }: { asOf: Date }): Promise<readonly TierProof[]> {
  if (actor.institutionId !== null) throw new Error('reconciliation is of the whole platform');
  const dayAgo = new Date(asOf.getTime() - 86_400_000);
  const rows = await database().$queryRaw`
    select tier,
      count(*) filter (where finished_at >= ${dayAgo})::int as runs,
      coalesce(sum(buckets) filter (where finished_at >= ${dayAgo}), 0)::text as buckets,
      max(finished_at) as "lastAt",
      (array_agg(bucket_from order by finished_at desc, id desc))[1] as "lastFrom",
      (array_agg(bucket_to order by finished_at desc, id desc))[1] as "lastTo",
      (array_agg(buckets order by finished_at desc, id desc))[1]::text as "lastBuckets",
      (array_agg(raw_count order by finished_at desc, id desc))[1]::text as "lastRaw",
      (array_agg(rollup_count order by finished_at desc, id desc))[1]::text as "lastRollup",
      (array_agg(jsonb_array_length(mismatches) order by finished_at desc, id desc))[1]::int as "lastMismatches",
      (array_agg(amounts order by finished_at desc, id desc))[1] as "lastAmounts"
    from reconciliation
    where finished_at >= ${new Date(asOf.getTime() - 30 * 86_400_000)}
    group by tier
    order by tier`;
  return z.array(Row).parse(rows);
}
