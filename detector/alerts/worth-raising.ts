import type { Alert } from '@/domain/detection/alerts/alert-book';
import type { Typology } from '@/domain/detection/typologies/typology';

/** On the simulated country four of five alerts below this learned score are wrong, and hardly one that is planted stays there: docs/detection.md. */
export const RAISED_FROM = 0.8;
/** Typologies that the models were not shown: their score says nothing of them. */
const BY_THEMSELVES: ReadonlySet<Typology> = new Set([
  'structuring',
  'dormant-awakening',
  'round-amounts',
  'shared-terminal',
  'split-payments',
]);

/**
 * Whether an alert of the money graph goes to the inbox yet. A shape alone is common; it is shown once one of its payments has a score that
 * ordinary ones hardly reach, on arrival or when it is settled. Until then it stands and grows in the detectors. A score never falls, so what
 * was shown once stays.
 */
export function isWorthRaising({ score, findings }: Pick<Alert, 'score' | 'findings'>): boolean {
  return score >= RAISED_FROM || findings.some(({ typology }) => BY_THEMSELVES.has(typology));
}
