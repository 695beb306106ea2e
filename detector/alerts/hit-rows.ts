import type { Rule } from '@/domain/detection/rules/rule';
import { parseAmount } from '@/domain/money';
import type { RuleHit } from '../rules/rule-run';
import type { AlertRow } from './alert-row';
import { hitSeverity } from './severity';

const SCORES = { violation: 0.8, reportable: 0.5, notable: 0.3 } as const;
/** Of a rule that judges payments one by one: its alert collects what a board shows already. */
const FLAG_SCORE = 0.35;

/** What a rule found as an alert, with the sum that was done. */
export function hitRow(hit: RuleHit): AlertRow {
  const { rule, subject } = hit;
  const unit = unitOf(rule);
  return {
    key: hit.key,
    source: 'rule',
    ruleId: rule.id,
    ruleVersion: rule.version,
    subjectType: subject.type,
    subjectId: subject.id,
    institutionId: subject.institutionId,
    severity: hitSeverity(rule, { outcome: hit.outcome, value: BigInt(hit.value), bound: boundOf(rule, hit.from) }),
    score: rule.measure.kind === 'flag' ? FLAG_SCORE : SCORES[hit.outcome],
    currency: hit.currency,
    amountMinor: hit.currency === null ? 0n : hit.amountMinor,
    transactionCount: hit.count,
    foldedCount: 0,
    openedAtMs: hit.firstAtMs,
    updatedAtMs: hit.lastAtMs,
    detail: {
      kind: 'rule',
      citation: rule.citation,
      outcome: hit.outcome,
      reason: hit.reason,
      measure: rule.measure.kind,
      window: rule.window,
      period: subject.period,
      boundary: rule.boundary,
      from: hit.from,
      value: hit.value,
      unit,
      currency: rule.currency ?? null,
      group: rule.groupBy.slice(0, 1).map((field) => ({ field, value: subject.id })),
    },
    transactions: hit.transactions,
  };
}

function unitOf({ measure }: Rule): 'minor' | 'count' | 'days' | 'flag' {
  if (measure.kind === 'amount' || measure.kind === 'sum') return 'minor';
  if (measure.kind === 'flag') return 'flag';
  return measure.kind === 'days-since' ? 'days' : 'count';
}

function boundOf(rule: Rule, from: string): bigint {
  if (unitOf(rule) !== 'minor') return BigInt(from);
  const parsed = parseAmount(from, rule.currency as string);
  return parsed.ok ? parsed.minor : 0n;
}
