import type { Alert } from '@/domain/detection/alerts/alert-book';
import type { Rule } from '@/domain/detection/rules/rule';
import { TYPOLOGY_SETTINGS } from '@/domain/detection/typologies/typology';

export type Severity = 'high' | 'medium' | 'low';

const HIGH_SCORE = 0.9;
const MEDIUM_SCORE = 0.4;
/** Detectors of which hardly one in ten alerts was wrong where that could be measured, see docs/detection.md. */
const TRUSTED_WEIGHT = 0.3;

/**
 * How soon somebody should look. High takes a high score and more besides: a detector that is rarely wrong, several that agree, or twice the
 * size that was asked.
 */
export function alertSeverity({ score, findings }: Pick<Alert, 'score' | 'findings'>): Severity {
  const strong =
    findings.length > 1 ||
    findings.some(({ typology, size, askedHere }) => TYPOLOGY_SETTINGS[typology].weight >= TRUSTED_WEIGHT || size >= 2 * askedHere);
  if (score >= HIGH_SCORE && strong) return 'high';
  return score >= MEDIUM_SCORE || findings.length > 1 ? 'medium' : 'low';
}

/** A violation is high from twice its bound on; what is merely reportable is no wrong in itself; a flag is of single payments, which a board counts. */
export function hitSeverity(
  rule: Rule,
  { outcome, value, bound }: { readonly outcome: string; readonly value: bigint; readonly bound: bigint },
): Severity {
  if (outcome === 'notable' || rule.measure.kind === 'flag') return 'low';
  if (outcome === 'reportable') return 'medium';
  return value >= 2n * bound ? 'high' : 'medium';
}
