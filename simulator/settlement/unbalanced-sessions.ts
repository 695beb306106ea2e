import { Random } from '../random';
import { STREAM } from '../streams';

export const PLANTED_KINDS = ['missing', 'duplicate', 'amount', 'status', 'date-cut', 'order'] as const;
export type PlantedKind = (typeof PLANTED_KINDS)[number];

/** Out of all sessions, so many are reported wrongly by the settlement agent. */
const UNBALANCED_SHARE = 0.3;

/** The planted truth: how the agent's statement of the session that opens at an epoch second is wrong, and on whose account. */
export function plantedDifference(seed: number, opensAt: number): { readonly kind: PlantedKind; readonly pick: number } | undefined {
  const random = new Random().at(seed, STREAM.unbalancedSession, opensAt);
  if (random.unit() >= UNBALANCED_SHARE) return undefined;
  return { kind: PLANTED_KINDS[random.below(PLANTED_KINDS.length)] as PlantedKind, pick: random.bits() };
}
