import { type CanvasStep, STEPS_MAX } from './canvas-step';

/** What was done, and what was undone and can be done again. Every picture is the replay of `steps` from the first one. */
export type CanvasHistory = { readonly steps: readonly CanvasStep[]; readonly undone: readonly CanvasStep[] };

export const EMPTY_HISTORY: CanvasHistory = { steps: [], undone: [] };

/** Does a step; what was undone before is gone then. At the limit of steps nothing changes. */
export function doStep(history: CanvasHistory, step: CanvasStep): CanvasHistory {
  return history.steps.length >= STEPS_MAX ? history : { steps: [...history.steps, step], undone: [] };
}

export function undoStep({ steps, undone }: CanvasHistory): CanvasHistory {
  const last = steps.at(-1);
  return last === undefined ? { steps, undone } : { steps: steps.slice(0, -1), undone: [...undone, last] };
}

export function redoStep({ steps, undone }: CanvasHistory): CanvasHistory {
  const next = undone.at(-1);
  return next === undefined ? { steps, undone } : { steps: [...steps, next], undone: undone.slice(0, -1) };
}
