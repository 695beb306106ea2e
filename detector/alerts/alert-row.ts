import type { AlertDetail } from '@/domain/detection/alerts/alert-detail';
import type { SubjectType } from '../rules/hit-subject';
import type { Severity } from './severity';

/** What the detector writes of an alert; everything else in its row is people's. */
export type AlertRow = {
  readonly key: string;
  readonly source: 'typology' | 'rule' | 'statistic';
  readonly ruleId: string;
  readonly ruleVersion: number;
  readonly subjectType: SubjectType;
  readonly subjectId: string;
  readonly institutionId: number | null;
  readonly severity: Severity;
  /** 0 to 1. */
  readonly score: number;
  readonly currency: string | null;
  readonly amountMinor: bigint;
  readonly transactionCount: number;
  readonly foldedCount: number;
  readonly openedAtMs: number;
  readonly updatedAtMs: number;
  readonly detail: AlertDetail;
  readonly transactions: readonly { readonly key: string; readonly acceptedAtMs: number }[];
};
