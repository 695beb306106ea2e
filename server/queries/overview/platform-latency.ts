import 'server-only';
import * as z from 'zod';
import type { LatencyHistogram } from '@/domain/clearing/latency-histogram';
import type { TimeRange } from '@/domain/time-range';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { requireWholePlatform } from './whole-platform';

const Row = z.object({ hour: z.date(), buckets: z.array(z.int()), counts: z.array(z.coerce.number().int()) });

/** Latency of all payments by hour, as histograms that may be merged; hours without an answered payment are left out. */
export async function platformLatency(
  actor: Actor,
  { range }: { range: TimeRange },
): Promise<{ hour: Date; histogram: LatencyHistogram }[]> {
  requireWholePlatform(actor);
  const rows = await database().$queryRaw`
    select hour, array_agg(bucket) as buckets, array_agg(count::text) as counts
    from (
      select hour, (n - 1)::int as bucket, sum(count) as count
      from platform_hour, unnest(latency) with ordinality as u (count, n)
      where hour >= ${range.from}
        and hour < ${range.to}
        and count > 0
      group by 1, 2
    ) per_bucket
    group by hour
    order by hour`;
  return z
    .array(Row)
    .parse(rows)
    .map(({ hour, buckets, counts }) => ({ hour, histogram: denseHistogram(buckets, counts) }));
}

function denseHistogram(buckets: readonly number[], counts: readonly number[]): LatencyHistogram {
  const histogram: number[] = Array.from({ length: Math.max(...buckets) + 1 }, () => 0);
  buckets.forEach((bucket, i) => {
    histogram[bucket] = counts[i] ?? 0;
  });
  return histogram;
}
