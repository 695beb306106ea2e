import * as z from 'zod';

/** How many of the last heartbeats decide: `degraded` failures of `watched` degrade a layer, `down` take it down, `recovery` answers in a row bring it back. */
export type Hysteresis = { readonly watched: number; readonly degraded: number; readonly down: number; readonly recovery: number };
export const HYSTERESIS: Hysteresis = { watched: 5, degraded: 2, down: 3, recovery: 3 };

export const LayerState = z.enum(['up', 'degraded', 'down']);
export type LayerState = z.infer<typeof LayerState>;

/** What is remembered of one layer of one line in one direction. */
export const LayerMemory = z.object({
  state: LayerState,
  sinceMs: z.number(),
  atMs: z.number(),
  /** The last heartbeats, newest last: 1 answered, 0 did not. */
  recent: z.string(),
  latencyMs: z.number().nullable(),
  /** What the last failure said of itself; null while the layer answers. */
  detail: z.string().nullable(),
});
export type LayerMemory = z.infer<typeof LayerMemory>;

export type LayerBeat = {
  readonly atMs: number;
  readonly ok: boolean;
  readonly latencyMs?: number | null;
  readonly detail?: string | null;
};

/**
 * The layer after one more heartbeat. One that is no newer than the last changes nothing: states follow time, not arrival, so that
 * repeated and late beats do no harm.
 */
export function afterLayerBeat(before: LayerMemory | undefined, beat: LayerBeat, rule: Hysteresis = HYSTERESIS): LayerMemory {
  if (before && beat.atMs <= before.atMs) return before;
  const recent = `${before?.recent ?? ''}${beat.ok ? '1' : '0'}`.slice(-rule.watched);
  const state = before ? nextState(before.state, recent, rule) : beat.ok ? 'up' : 'degraded';
  return {
    state,
    sinceMs: before?.state === state ? before.sinceMs : beat.atMs,
    atMs: beat.atMs,
    recent,
    latencyMs: beat.ok ? (beat.latencyMs ?? null) : null,
    detail: beat.ok ? null : (beat.detail ?? null),
  };
}

function nextState(before: LayerState, recent: string, rule: Hysteresis): LayerState {
  const failures = recent.replaceAll('1', '').length;
  if (failures >= rule.down) return 'down';
  if (recent.endsWith('1'.repeat(rule.recovery))) return before === 'up' && failures >= rule.degraded ? 'degraded' : 'up';
  if (before === 'up') return failures >= rule.degraded ? 'degraded' : 'up';
  return before;
}
