import type { ClientBase } from 'pg';
import { TIERS } from '@/domain/clearing/rollup';
import { DAY_MS, startOfBusinessDay } from '@/domain/time-range';
import { firstKeptMinuteMs, TIER_TABLES } from '../rollups/tier-tables';
import { type Comparison, compareLegs, compareTier, type Span } from './compare-tier';
import { pendingBatches } from './pending-batches';

const HOUR_MS = 3_600_000;

/**
 * Proves that every roll-up of a span is the sum of its rows, in one snapshot, and writes the result to `reconciliation`.
 * The span is widened to whole hours, and for the tiers by day to whole business days.
 */
export async function reconcileSpan(client: ClientBase, span: Span, nowMs: number): Promise<readonly Comparison[]> {
  const startedAt = new Date();
  await client.query('begin isolation level repeatable read');
  try {
    await client.query('set local jit = off');
    const { batchId, pending } = await pendingBatches(client);
    const hours = wholeHours(span);
    const days = wholeDays(hours);
    const comparisons: Comparison[] = [];
    for (const tier of TIERS) {
      const { bucket } = TIER_TABLES[tier];
      const kept = tier === 'institution_minute' ? keptPart(hours, nowMs) : bucket.unit === 'day' ? days : hours;
      if (kept) comparisons.push(await compareTier(client, tier, kept, pending));
    }
    comparisons.push(await compareLegs(client, hours, pending));
    for (const comparison of comparisons) await save(client, { comparison, startedAt, batchId });
    await client.query('commit');
    return comparisons;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

export function wholeHours({ from, to }: Span): Span {
  return {
    from: new Date(Math.floor(from.getTime() / HOUR_MS) * HOUR_MS),
    to: new Date(Math.ceil(to.getTime() / HOUR_MS) * HOUR_MS),
  };
}

export function wholeDays({ from, to }: Span): Span {
  return { from: startOfBusinessDay(from), to: new Date(startOfBusinessDay(new Date(to.getTime() - 1)).getTime() + DAY_MS) };
}

function keptPart({ from, to }: Span, nowMs: number): Span | null {
  const first = new Date(Math.max(from.getTime(), firstKeptMinuteMs(nowMs)));
  return first < to ? { from: first, to } : null;
}

async function save(client: ClientBase, run: { comparison: Comparison; startedAt: Date; batchId: string }): Promise<void> {
  const { comparison, startedAt, batchId } = run;
  await client.query(
    `insert into reconciliation
       (started_at, finished_at, tier, bucket_from, bucket_to, batch_id, buckets, raw_count, rollup_count, mismatches, amounts)
     values ($1, clock_timestamp(), $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      startedAt,
      comparison.tier,
      comparison.from,
      comparison.to,
      batchId,
      comparison.buckets,
      comparison.rawCount.toString(),
      comparison.rollupCount.toString(),
      JSON.stringify(comparison.mismatches),
      JSON.stringify(comparison.amounts),
    ],
  );
}
