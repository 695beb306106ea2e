import type { AlertState } from './alert-states';
import type { TriageRefusal } from './triage';

/** What became of one alert of a step: `taken` is one that somebody else changed meanwhile, `gone` one that the actor may not see. */
export type TriageOutcome =
  | { readonly id: string; readonly kind: 'done'; readonly version: number; readonly state: AlertState }
  | { readonly id: string; readonly kind: 'refused'; readonly reason: TriageRefusal | 'taken' | 'gone' | 'unknown-person' | 'no-original' };
