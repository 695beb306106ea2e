import 'server-only';
import * as z from 'zod';
import { sumOfHistogramTexts } from '@/domain/clearing/histogram-text';
import { histogramCount, type LatencyHistogram, quantile } from '@/domain/clearing/latency-histogram';
import type { FlowRole } from '@/domain/clearing/transaction';
import type { BoardAxis } from '@/domain/overview/board-axis';
import { businessDay, type TimeRange } from '@/domain/time-range';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';

const Row = z.object({ id: z.int(), histograms: z.string() });

export type LatencyQuantiles = { readonly p50Ms: number; readonly p95Ms: number; readonly p99Ms: number };

/** How long the payments took in which each institution played `role`, merged; those without any are left out. */
export async function institutionHistograms(
  actor: Actor,
  { range, axis, role, institutionId }: { range: TimeRange; axis: BoardAxis; role: FlowRole; institutionId?: number },
): Promise<Map<number, LatencyHistogram>> {
  const only = actor.institutionId ?? institutionId;
  const own = only === undefined ? Prisma.sql`true` : Prisma.sql`institution_id = ${only}`;
  const source =
    axis.tier === 'hour'
      ? Prisma.sql`institution_hour where hour >= ${range.from} and hour < ${range.to}`
      : Prisma.sql`institution_day where day >= ${businessDay(range.from)}::date and day < ${businessDay(range.to)}::date`;
  const rows = await database().$queryRaw`
    select institution_id as id, string_agg(latency::text, '') as histograms
    from ${source}
      and role = ${role}::flow_role
      and ${own}
    group by institution_id`;
  return new Map(
    z
      .array(Row)
      .parse(rows)
      .map(({ id, histograms }) => [id, sumOfHistogramTexts(histograms)] as const)
      .filter(([, histogram]) => histogramCount(histogram) > 0),
  );
}

/** Their percentiles. */
export async function institutionLatency(
  actor: Actor,
  asked: { range: TimeRange; axis: BoardAxis; role: FlowRole; institutionId?: number },
): Promise<Map<number, LatencyQuantiles>> {
  return new Map([...(await institutionHistograms(actor, asked))].map(([id, histogram]) => [id, latencyQuantiles(histogram)]));
}

export function latencyQuantiles(histogram: LatencyHistogram): LatencyQuantiles {
  const at = (p: number) => quantile(histogram, p) as number;
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}
