import type { TimeRange } from '@/domain/time-range';
import type { TraceEdge } from '@/domain/tracing/trace-answer';

export const BARS = 96;

/** How many payments of a trace fall into each of BARS equal parts of a range. */
export function histogram(edges: readonly TraceEdge[], range: TimeRange): readonly number[] {
  const from = range.from.getTime();
  const part = (range.to.getTime() - from) / BARS;
  const counts = new Array<number>(BARS).fill(0);
  for (const { atMs } of edges) {
    const at = Math.floor((atMs - from) / part);
    if (at >= 0 && at < BARS) counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}
