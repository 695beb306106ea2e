import 'server-only';
import type { TraceIndex } from '@/domain/tracing/canvas/trace-index';
import type { TraceQuestion } from '@/domain/tracing/trace-question';
import type { Actor } from '@/server/session';

const KEPT_MS = 3 * 60_000;
const KEPT_MOST = 12;
/** A trace of a big hub is some ten thousand payments: so many of them together are what the memory of a console is good for. */
const KEPT_EDGES_MOST = 120_000;

type Kept = { readonly until: number; readonly index: Promise<TraceIndex>; edges: number };
const kept = new Map<string, Kept>();

/**
 * The answer to a question that is drilled into step by step, found once. Whose rows may be seen is part of the key. A failure is not kept,
 * and neither is more than a console's memory is good for: the answer asked for longest ago goes first.
 */
export async function keptTrace(
  actor: Actor,
  question: TraceQuestion,
  ask: () => Promise<TraceIndex>,
  now = Date.now(),
): Promise<TraceIndex> {
  const key = JSON.stringify([actor.institutionId, question], (_, value) => (typeof value === 'bigint' ? value.toString() : value));
  const known = kept.get(key);
  if (known && known.until > now) {
    // The newest stand last.
    kept.delete(key);
    kept.set(key, known);
    return await known.index;
  }
  const fresh: Kept = { until: now + KEPT_MS, index: ask(), edges: 0 };
  kept.set(key, fresh);
  fresh.index.then(
    ({ answer }) => {
      fresh.edges = answer.edges.length;
      makeRoom(now);
    },
    () => kept.get(key) === fresh && kept.delete(key),
  );
  return await fresh.index;
}

function makeRoom(now: number) {
  for (const [key, { until }] of kept) if (until <= now) kept.delete(key);
  const edges = () => [...kept.values()].reduce((sum, one) => sum + one.edges, 0);
  for (const key of kept.keys()) {
    if (kept.size <= 1 || (kept.size <= KEPT_MOST && edges() <= KEPT_EDGES_MOST)) return;
    kept.delete(key);
  }
}
