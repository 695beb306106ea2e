import 'server-only';
import type { FlowRole } from '@/domain/clearing/transaction';
import type { BoardAxis } from '@/domain/overview/board-axis';
import type { TimeRange } from '@/domain/time-range';
import type { Actor } from '@/server/session';
import { type StateBars, stateBars } from '../connectivity/state-bars';
import { type BoardRow, boardRows } from './board-rows';
import { institutionLatency, type LatencyQuantiles } from './institution-latency';
import { keptAnswer } from './kept-answer';

export type BoardFigures = { readonly rows: ReadonlyMap<number, BoardRow>; readonly latency: ReadonlyMap<number, LatencyQuantiles> };

/**
 * Payments, outcomes and latency of everybody's row. They move slowly against what it takes to add them up for thousands; states, which
 * must not wait, are never part of it.
 */
export async function boardFigures(
  actor: Actor,
  asked: { range: TimeRange; axis: BoardAxis; role: FlowRole; currency: string },
): Promise<BoardFigures> {
  const { range, axis, role, currency } = asked;
  const key = ['figures', actor.institutionId, range.from.getTime(), range.to.getTime(), axis.tier, axis.bucketMs, role, currency].join();
  const ask = async () => {
    const [rows, latency] = await Promise.all([
      boardRows(actor, { range, axis, role, currency }),
      institutionLatency(actor, { range, axis, role }),
    ]);
    return { rows, latency };
  };
  return await keptAnswer(key, ask, { freshMs: 4_000, keptMs: 30_000 });
}

/** Everybody's bars, a moment old at most: what is behind a bar does not change, and its newest end only grows. */
export async function boardBars(
  actor: Actor,
  asked: { range: TimeRange; bucketMs: number; until: Date },
): Promise<{ readonly bars: ReadonlyMap<number, StateBars>; readonly until: Date }> {
  const { range, bucketMs } = asked;
  const key = ['bars', actor.institutionId, range.from.getTime(), range.to.getTime(), bucketMs].join();
  const ask = async () => ({ bars: await stateBars(actor, asked), until: asked.until });
  return await keptAnswer(key, ask, { freshMs: 2_000, keptMs: 15_000 });
}
