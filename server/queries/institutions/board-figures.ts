import 'server-only';
import { type LatencyHistogram, mergeHistograms } from '@/domain/clearing/latency-histogram';
import type { FlowRole } from '@/domain/clearing/transaction';
import { joinBars } from '@/domain/connectivity/state-bar';
import type { BoardAxis } from '@/domain/overview/board-axis';
import type { TimeRange } from '@/domain/time-range';
import { type StateBars, stateBars } from '@/server/queries/connectivity/state-bars';
import type { Actor } from '@/server/session';
import { type BoardRow, boardRows } from './board-rows';
import { institutionHistograms, type LatencyQuantiles, latencyQuantiles } from './institution-latency';
import { keptAnswer } from './kept-answer';

export type BoardFigures = { readonly rows: ReadonlyMap<number, BoardRow>; readonly latency: ReadonlyMap<number, LatencyQuantiles> };

/** What is over hardly changes any more, and is nearly all of what there is to add up: it may be older than the bucket that still fills. */
const OVER = { freshMs: 30_000, keptMs: 60_000 };
const FILLING = { freshMs: 4_000, keptMs: 30_000 };

/**
 * Payments, outcomes and latency of everybody's row. They move slowly against what it takes to add them up for thousands; states, which
 * must not wait, are never part of it. The buckets that are over and the last one are asked for apart: renewing the answer reads one bucket
 * and not ninety.
 */
export async function boardFigures(
  actor: Actor,
  asked: { range: TimeRange; axis: BoardAxis; role: FlowRole; currency: string },
): Promise<BoardFigures> {
  const { range, axis, role, currency } = asked;
  const key = (span: TimeRange) =>
    ['figures', actor.institutionId, span.from.getTime(), span.to.getTime(), axis.tier, axis.bucketMs, role, currency].join();
  const cut = new Date(Math.max(range.from.getTime(), range.to.getTime() - axis.bucketMs));
  const past = { from: range.from, to: cut };
  const sums = async (span: TimeRange) => {
    const [rows, histograms] = await Promise.all([
      boardRows(actor, { range: span, axis, role, currency }),
      institutionHistograms(actor, { range: span, axis, role }),
    ]);
    return { rows, histograms };
  };
  const ask = async () => {
    const [over, filling] = await Promise.all([keptAnswer(`over ${key(past)}`, () => sums(past), OVER), sums({ from: cut, to: range.to })]);
    const histograms = joined<LatencyHistogram>(over.histograms, filling.histograms, mergeHistograms);
    return {
      rows: joined(over.rows, filling.rows, sumOfRows),
      latency: new Map([...histograms].map(([id, histogram]) => [id, latencyQuantiles(histogram)])),
    };
  };
  return await keptAnswer(key(range), ask, FILLING);
}

/** Everybody's bars, a moment old at most: what is behind a bar does not change, and its newest end only grows. */
export async function boardBars(
  actor: Actor,
  asked: { range: TimeRange; bucketMs: number; until: Date },
): Promise<{ readonly bars: ReadonlyMap<number, StateBars>; readonly until: Date }> {
  const { range, bucketMs, until } = asked;
  const bucketsOver = Math.max(0, Math.floor((Math.min(until.getTime(), range.to.getTime() - 1) - range.from.getTime()) / bucketMs));
  const cut = new Date(range.from.getTime() + bucketsOver * bucketMs);
  const key = (span: TimeRange) => ['bars', actor.institutionId, span.from.getTime(), span.to.getTime(), bucketMs].join();
  const past = { from: range.from, to: cut };
  const ask = async () => {
    const [over, filling] = await Promise.all([
      bucketsOver === 0 ? null : keptAnswer(`over ${key(past)}`, () => stateBars(actor, { range: past, bucketMs, until: cut }), OVER),
      stateBars(actor, { range: { from: cut, to: range.to }, bucketMs, until }),
    ]);
    return { bars: over === null ? filling : joined(over, filling, (a, b) => sumOfBars(a, b, bucketsOver)), until };
  };
  return await keptAnswer(key(range), ask, { freshMs: 2_000, keptMs: 15_000 });
}

/** Both maps, and `join` of what stands in both. */
function joined<T>(a: ReadonlyMap<number, T>, b: ReadonlyMap<number, T>, join: (a: T, b: T) => T): Map<number, T> {
  const both = new Map(a);
  for (const [id, value] of b) {
    const other = a.get(id);
    both.set(id, other === undefined ? value : join(other, value));
  }
  return both;
}

function sumOfRows(a: BoardRow, b: BoardRow): BoardRow {
  return {
    id: a.id,
    succeeded: a.succeeded + b.succeeded,
    declined: a.declined + b.declined,
    failed: a.failed + b.failed,
    unknown: a.unknown + b.unknown,
    outMinor: a.outMinor + b.outMinor,
    inMinor: a.inMinor + b.inMinor,
  };
}

function sumOfBars(a: StateBars, b: StateBars, bucketsBefore: number): StateBars {
  return {
    bars: joinBars(a.bars, b.bars, bucketsBefore),
    knownFrom: a.knownFrom ?? b.knownFrom,
    downMs: a.downMs + b.downMs,
    degradedMs: a.degradedMs + b.degradedMs,
    silentMs: a.silentMs + b.silentMs,
    plannedMs: a.plannedMs + b.plannedMs,
    unknownMs: a.unknownMs + b.unknownMs,
  };
}
