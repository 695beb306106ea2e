import 'server-only';
import * as z from 'zod';
import { type LatencyHistogram, quantile } from '@/domain/clearing/latency-histogram';
import type { FlowRole } from '@/domain/clearing/transaction';
import type { BoardAxis } from '@/domain/overview/board-axis';
import { businessDay, type TimeRange } from '@/domain/time-range';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';

const Row = z.object({ id: z.int(), buckets: z.array(z.int()), counts: z.array(z.coerce.number().int()) });

export type LatencyQuantiles = { readonly p50Ms: number; readonly p95Ms: number; readonly p99Ms: number };

/** Percentiles of the payments in which each institution played `role`, from merged histograms; those without any are left out. */
export async function institutionLatency(
  actor: Actor,
  { range, axis, role, institutionId }: { range: TimeRange; axis: BoardAxis; role: FlowRole; institutionId?: number },
): Promise<Map<number, LatencyQuantiles>> {
  const only = actor.institutionId ?? institutionId;
  const own = only === undefined ? Prisma.sql`true` : Prisma.sql`institution_id = ${only}`;
  const source =
    axis.tier === 'hour'
      ? Prisma.sql`institution_hour where hour >= ${range.from} and hour < ${range.to}`
      : Prisma.sql`institution_day where day >= ${businessDay(range.from)}::date and day < ${businessDay(range.to)}::date`;
  const rows = await database().$queryRaw`
    select id, array_agg(bucket) as buckets, array_agg(count::text) as counts
    from (
      select institution_id as id, (n - 1)::int as bucket, sum(count) as count
      from (select institution_id, latency from ${source} and role = ${role}::flow_role and ${own}) rollup,
        unnest(latency) with ordinality as u (count, n)
      where count > 0
      group by 1, 2
    ) per_bucket
    group by id`;
  return new Map(
    z
      .array(Row)
      .parse(rows)
      .map(({ id, buckets, counts }) => [id, quantiles(dense(buckets, counts))]),
  );
}

function quantiles(histogram: LatencyHistogram): LatencyQuantiles {
  const at = (p: number) => quantile(histogram, p) as number;
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}

function dense(buckets: readonly number[], counts: readonly number[]): LatencyHistogram {
  const histogram: number[] = Array.from({ length: Math.max(...buckets) + 1 }, () => 0);
  buckets.forEach((bucket, i) => {
    histogram[bucket] = counts[i] ?? 0;
  });
  return histogram;
}
