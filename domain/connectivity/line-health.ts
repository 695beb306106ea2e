import * as z from 'zod';
import { HEARTBEAT_LAYERS, type HeartbeatLayer } from '../clearing/transaction';
import { afterLayerBeat, LayerMemory } from './layer-machine';

/** outbound: the platform reaches the institution. inbound: the institution reaches the platform. */
export const LINE_DIRECTIONS = ['outbound', 'inbound'] as const;
export type LineDirection = (typeof LINE_DIRECTIONS)[number];

/** One direction of one line (a data centre, a circuit), layer by layer. A layer that nobody measures is absent. */
export const LineMemory = z.partialRecord(z.enum(HEARTBEAT_LAYERS), LayerMemory);
export type LineMemory = z.infer<typeof LineMemory>;

export type LineBeat = {
  readonly layer: HeartbeatLayer;
  readonly atMs: number;
  readonly ok: boolean;
  readonly latencyMs: number | null;
  readonly detail: string | null;
};

/** A layer whose last heartbeat is older says nothing any more. */
export const HEARTBEAT_STALE_MS = 180_000;
/** A line without a word for so long was taken away. */
export const LINE_FORGOTTEN_MS = 24 * 3_600_000;

/**
 * The line after one more heartbeat. An answer of one layer is an answer of every layer beneath it, which carried it; a failure says
 * nothing of those beneath, and those above cannot work without it.
 */
export function afterBeat(line: LineMemory, beat: LineBeat): LineMemory {
  const depth = HEARTBEAT_LAYERS.indexOf(beat.layer);
  const after: LineMemory = { ...line, [beat.layer]: afterLayerBeat(line[beat.layer], beat) };
  if (!beat.ok) return after;
  for (const beneath of HEARTBEAT_LAYERS.slice(0, depth)) {
    const carried = { atMs: beat.atMs, ok: true, latencyMs: line[beneath]?.latencyMs ?? null };
    after[beneath] = afterLayerBeat(line[beneath], carried);
  }
  return after;
}

export type LineState = 'up' | 'degraded' | 'down' | 'planned' | 'unknown';
export type LayerSaid = { readonly state: LineState; readonly sinceMs: number | null; readonly becauseOf: HeartbeatLayer | null };
export type LineVerdict = {
  readonly state: LineState;
  /** The lowest layer at fault: what is above it cannot answer either. Null while nothing is. */
  readonly cause: HeartbeatLayer | null;
  readonly detail: string | null;
  readonly sinceMs: number | null;
  readonly layers: Readonly<Partial<Record<HeartbeatLayer, LayerSaid>>>;
};

/** What the line's memory means at `nowMs`. A stop that the failing heartbeat called planned, or an announced one, is planned. */
export function lineVerdict(line: LineMemory, { nowMs, planned = false }: { nowMs: number; planned?: boolean }): LineVerdict {
  const measured = HEARTBEAT_LAYERS.flatMap((layer) => {
    const memory = line[layer];
    return memory ? [{ layer, memory, fresh: nowMs - memory.atMs < HEARTBEAT_STALE_MS }] : [];
  });
  const fresh = measured.filter((one) => one.fresh);
  const root = fresh.find(({ memory }) => memory.state === 'down') ?? fresh.find(({ memory }) => memory.state === 'degraded');
  const announced = planned || (root !== undefined && saysPlanned(root.memory.detail));
  const layers: Partial<Record<HeartbeatLayer, LayerSaid>> = {};
  let broken: HeartbeatLayer | null = null;
  for (const { layer, memory, fresh: isFresh } of measured) {
    // Above what is down nothing works, whatever was heard of it before: its own last word is older than the failure.
    const own: LineState = !isFresh ? 'unknown' : memory.state;
    const working = broken === null ? own : 'down';
    const state = announced && (working === 'down' || working === 'degraded') ? 'planned' : working;
    const sinceMs = broken !== null && own !== 'down' ? (root?.memory.sinceMs ?? null) : isFresh ? memory.sinceMs : memory.atMs;
    layers[layer] = { state, sinceMs, becauseOf: broken };
    if (isFresh && memory.state === 'down') broken ??= layer;
  }
  const lastMs = Math.max(...measured.map(({ memory }) => memory.atMs));
  if (fresh.length === 0) return { state: 'unknown', cause: null, detail: null, sinceMs: Number.isFinite(lastMs) ? lastMs : null, layers };
  if (!root) return { state: 'up', cause: null, detail: null, sinceMs: Math.max(...fresh.map(({ memory }) => memory.sinceMs)), layers };
  const state = announced ? 'planned' : root.memory.state;
  return { state, cause: root.layer, detail: root.memory.detail, sinceMs: root.memory.sinceMs, layers };
}

/** Whoever probes says so where a stop was announced: the heartbeat's detail begins with the word. */
function saysPlanned(detail: string | null): boolean {
  return detail !== null && /^planned\b/i.test(detail);
}
