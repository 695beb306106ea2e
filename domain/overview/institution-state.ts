/** States of an institution's lines, worst first: the order of boards and counts. */
export const INSTITUTION_STATES = ['down', 'silent', 'degraded', 'planned', 'unknown', 'up'] as const;
export type InstitutionStateName = (typeof INSTITUTION_STATES)[number];

/** A state as the monitor wrote it; one this version does not know, or none at all, is unknown, never up. */
export function stateName(text: string | null): InstitutionStateName {
  return (INSTITUTION_STATES as readonly string[]).includes(text ?? '') ? (text as InstitutionStateName) : 'unknown';
}

/** Online: its lines answer, perhaps badly. Planned, silent and unknown are not. */
export function isOnline(state: InstitutionStateName): boolean {
  return state === 'up' || state === 'degraded';
}

export function countByState(states: readonly InstitutionStateName[]): Record<InstitutionStateName, number> {
  const counts = { down: 0, silent: 0, degraded: 0, planned: 0, unknown: 0, up: 0 };
  for (const state of states) counts[state]++;
  return counts;
}
