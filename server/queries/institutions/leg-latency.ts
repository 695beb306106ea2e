import 'server-only';
import * as z from 'zod';
import { quantile } from '@/domain/clearing/latency-histogram';
import { LEG_PARTIES } from '@/domain/clearing/transaction';
import type { TimeRange } from '@/domain/time-range';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import type { LatencyQuantiles } from './institution-latency';

const Row = z.object({
  party: z.enum(LEG_PARTIES),
  legs: z.coerce.bigint(),
  buckets: z.array(z.int()),
  counts: z.array(z.coerce.number().int()),
});
export type LegLatency = LatencyQuantiles & { readonly party: (typeof LEG_PARTIES)[number]; readonly legs: bigint };

/** Time spent inside one institution in each part it plays, from its own leg records in whole hours, in the order that a payment passes. */
export async function legLatency(
  actor: Actor,
  { institutionId, range }: { institutionId: number; range: TimeRange },
): Promise<LegLatency[]> {
  if (actor.institutionId !== null && actor.institutionId !== institutionId) return [];
  const rows = await database().$queryRaw`
    with own as (
      select party, legs, latency
      from leg_hour
      where institution_id = ${institutionId}
        and hour >= ${range.from}
        and hour < ${range.to}
    )
    select b.party::text as party, (select sum(legs) from own where own.party = b.party)::text as legs,
      array_agg(b.bucket) as buckets, array_agg(b.count::text) as counts
    from (
      select party, (n - 1)::int as bucket, sum(count) as count
      from own, unnest(latency) with ordinality as u (count, n)
      where count > 0
      group by 1, 2
    ) b
    group by b.party`;
  const legs = z
    .array(Row)
    .parse(rows)
    .map(({ party, legs, buckets, counts }) => {
      const histogram = Array.from({ length: Math.max(...buckets) + 1 }, (_, bucket) => counts[buckets.indexOf(bucket)] ?? 0);
      const at = (p: number) => quantile(histogram, p) as number;
      return { party, legs, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
    });
  return LEG_PARTIES.flatMap((party) => legs.filter((leg) => leg.party === party));
}
