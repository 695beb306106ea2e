import 'server-only';
import type { FlowRole } from '@/domain/clearing/transaction';
import type { BoardAxis } from '@/domain/overview/board-axis';
import type { TimeRange } from '@/domain/time-range';
import type { Actor } from '@/server/session';
import { type BoardRow, boardRows } from './board-rows';
import { institutionLatency, type LatencyQuantiles } from './institution-latency';

export type BoardFigures = { readonly rows: ReadonlyMap<number, BoardRow>; readonly latency: ReadonlyMap<number, LatencyQuantiles> };
type Asked = { readonly range: TimeRange; readonly axis: BoardAxis; readonly role: FlowRole; readonly currency: string };

/** So old an answer is still given, while a new one is made for whoever asks next. */
const FRESH_MS = 4_000;
const KEPT_MS = 30_000;
const KEPT_MOST = 12;
type Held = { readonly madeAt: number; readonly figures: BoardFigures; renewing: Promise<BoardFigures> | null };
const held = new Map<string, Held>();

/**
 * Payments, outcomes and latency of everybody's row. They move slowly against what it takes to add them up for thousands, so an answer up
 * to 30 s old is given at once while the next is made; states, which must not wait, are never part of it.
 */
export async function boardFigures(actor: Actor, asked: Asked, nowMs = Date.now()): Promise<BoardFigures> {
  const { range, axis, role, currency } = asked;
  // Whose rows may be seen is part of the key.
  const key = [actor.institutionId, range.from.getTime(), range.to.getTime(), axis.tier, axis.bucketMs, role, currency].join();
  const known = held.get(key);
  if (known && nowMs - known.madeAt < FRESH_MS) return known.figures;
  if (known && nowMs - known.madeAt < KEPT_MS) {
    known.renewing ??= made(actor, asked, key, nowMs);
    known.renewing.catch(() => {
      known.renewing = null;
    });
    return known.figures;
  }
  return await made(actor, asked, key, nowMs);
}

async function made(actor: Actor, { range, axis, role, currency }: Asked, key: string, nowMs: number): Promise<BoardFigures> {
  const [rows, latency] = await Promise.all([
    boardRows(actor, { range, axis, role, currency }),
    institutionLatency(actor, { range, axis, role }),
  ]);
  const figures = { rows, latency };
  for (const [old, { madeAt }] of held) if (nowMs - madeAt > KEPT_MS || held.size >= KEPT_MOST) held.delete(old);
  held.set(key, { madeAt: nowMs, figures, renewing: null });
  return figures;
}
