import * as z from 'zod';
import type { InstitutionStateName } from '@/domain/overview/institution-state';
import { HEARTBEAT_LAYERS, type HeartbeatLayer } from './transaction';

const LineState = z.enum(['up', 'degraded', 'down']);
type LineState = z.infer<typeof LineState>;

/** One layer of one line (a data centre, a circuit), as its heartbeats tell it. */
const LineHealth = z.object({
  state: LineState,
  sinceMs: z.number(),
  atMs: z.number(),
  /** The last heartbeats, newest last: 1 answered, 0 did not. */
  recent: z.string(),
  /** The last failure said of itself that it was announced. */
  planned: z.boolean(),
});
export type LineHealth = z.infer<typeof LineHealth>;

const LayerHealth = z.object({
  state: z.enum(['up', 'degraded', 'down', 'planned', 'unknown']),
  since: z.string(),
  lines: z.record(z.string(), LineHealth),
});

/** What is remembered of an institution's heartbeats, by layer. A layer nobody measures is absent. */
export const Layers = z.partialRecord(z.enum(HEARTBEAT_LAYERS), LayerHealth);
export type Layers = z.infer<typeof Layers>;

export type Beat = {
  readonly line: string;
  readonly layer: HeartbeatLayer;
  readonly sentAtMs: number;
  readonly ok: boolean;
  readonly planned: boolean;
};

/** Rule: of the last 5 heartbeats 2 failures degrade a line, 3 take it down, and only 3 answers in a row bring it back. */
export const HEARTBEATS_WATCHED = 5;
const FAILURES_DEGRADED = 2;
const FAILURES_DOWN = 3;
const RECOVERY = '111';

/** A line whose last heartbeat is older says nothing any more. */
export const HEARTBEAT_STALE_MS = 180_000;

/** The layers after one more heartbeat. One that is no newer than the last of its line changes nothing: states follow time, not arrival. */
export function afterHeartbeat(layers: Layers, beat: Beat): Layers {
  const layer = layers[beat.layer];
  const before = layer?.lines[beat.line];
  if (before && beat.sentAtMs <= before.atMs) return layers;
  const recent = `${before?.recent ?? ''}${beat.ok ? '1' : '0'}`.slice(-HEARTBEATS_WATCHED);
  const state = before ? nextLineState(before.state, recent) : beat.ok ? 'up' : 'degraded';
  const line: LineHealth = {
    state,
    sinceMs: before?.state === state ? before.sinceMs : beat.sentAtMs,
    atMs: beat.sentAtMs,
    recent,
    planned: !beat.ok && beat.planned,
  };
  const lines = { ...layer?.lines, [beat.line]: line };
  return { ...layers, [beat.layer]: judgedLayer({ lines, before: layer, nowMs: beat.sentAtMs }) };
}

function nextLineState(before: LineState, recent: string): LineState {
  const failures = recent.replaceAll('1', '').length;
  if (failures >= FAILURES_DOWN) return 'down';
  if (recent.endsWith(RECOVERY)) return failures >= FAILURES_DEGRADED && before === 'up' ? 'degraded' : 'up';
  if (before === 'up') return failures >= FAILURES_DEGRADED ? 'degraded' : 'up';
  return before;
}

/** Every layer judged again at `nowMs`: lines that fell silent no longer count. */
export function layersAt(layers: Layers, nowMs: number): Layers {
  return Object.fromEntries(
    Object.entries(layers).map(([name, layer]) => [name, judgedLayer({ lines: layer.lines, before: layer, nowMs })]),
  ) as Layers;
}

function judgedLayer(of: {
  lines: Record<string, LineHealth>;
  before: Layers[HeartbeatLayer];
  nowMs: number;
}): NonNullable<Layers[HeartbeatLayer]> {
  const fresh = Object.values(of.lines).filter(({ atMs }) => of.nowMs - atMs < HEARTBEAT_STALE_MS);
  const state = layerState(fresh);
  return { lines: of.lines, state, since: of.before?.state === state ? of.before.since : new Date(of.nowMs).toISOString() };
}

// A layer with another line that still answers is degraded, not down.
function layerState(fresh: readonly LineHealth[]): NonNullable<Layers[HeartbeatLayer]>['state'] {
  if (fresh.length === 0) return 'unknown';
  if (fresh.every(({ state }) => state === 'up')) return 'up';
  if (fresh.some(({ planned }) => planned)) return 'planned';
  return fresh.every(({ state }) => state === 'down') ? 'down' : 'degraded';
}

/**
 * Payments that would have been expected since the last one, λ; null where there is nothing to compare with.
 * Silence is claimed when none came although P(0) = e^(−λ) < 10⁻⁶.
 */
export type ExpectedPayments = number | null;
const SILENCE_LAMBDA = -Math.log(1e-6);

/** The state of the whole institution. `planned` is an announced stop that is in force now. */
export function institutionState(now: { layers: Layers; expectedSinceLast: ExpectedPayments }): InstitutionStateName {
  const states = Object.values(now.layers).map(({ state }) => state);
  const known = states.filter((state) => state !== 'unknown');
  if (known.length === 0) return 'unknown';
  if (known.includes('planned')) return 'planned';
  if (known.includes('down')) return 'down';
  if (now.expectedSinceLast !== null && now.expectedSinceLast > SILENCE_LAMBDA) return 'silent';
  if (known.includes('degraded')) return 'degraded';
  // A layer that fell silent while others answer is not known to be well.
  return known.length < states.length ? 'degraded' : 'up';
}
