import type { AlertSeverity, AlertSource, AlertState } from './alert-states';

export type AlertParty = { readonly code: string; readonly name: string };

/** Whom an alert is about, as far as it may be shown: accounts are masked. */
export type AlertSubject =
  | { readonly kind: 'account'; readonly id: string; readonly masked: string | null }
  | { readonly kind: 'institution'; readonly party: AlertParty }
  | { readonly kind: 'pair'; readonly payer: AlertParty; readonly payee: AlertParty }
  | { readonly kind: 'merchant' | 'terminal'; readonly id: string }
  | { readonly kind: 'platform' };

/** The few numbers that a line of the list says. */
export type AlertFacts =
  | { readonly kind: 'typology'; readonly size: number; readonly asked: number; readonly others: number }
  | {
      readonly kind: 'rule';
      readonly outcome: 'violation' | 'reportable' | 'notable';
      readonly reason: string;
      readonly value: string;
      readonly from: string;
      readonly unit: 'minor' | 'count' | 'days' | 'flag';
      readonly currency: string | null;
    }
  | {
      readonly kind: 'statistic';
      readonly unit: 'count' | 'share' | 'ms';
      readonly value: number;
      readonly median: number;
      readonly z: number;
    }
  | { readonly kind: 'fault'; readonly fault: string };

/** One alert of a list, as it crosses to the browser. Times are ISO, amounts decimal strings of minor units. */
export type AlertRow = {
  readonly id: string;
  /** Raised by every change: what was looked at is what is changed. */
  readonly version: number;
  readonly source: AlertSource;
  /** Which typology, rule or statistic. */
  readonly ruleId: string;
  readonly ruleVersion: number;
  readonly subject: AlertSubject;
  readonly institution: AlertParty | null;
  readonly severity: AlertSeverity;
  readonly score: number;
  /** Null where its payments are of several currencies. */
  readonly currency: string | null;
  readonly amountMinor: string;
  readonly transactionCount: number;
  readonly foldedCount: number;
  readonly openedAt: string;
  readonly updatedAt: string;
  readonly grownSince: string | null;
  readonly dueAt: string;
  readonly state: AlertState;
  readonly snoozedUntil: string | null;
  readonly assignee: { readonly id: string; readonly name: string } | null;
  readonly facts: AlertFacts;
};

/** Where a page of a list ends: the next begins after it. */
export type AlertCursor = { readonly value: string; readonly id: string };
export type AlertPage = { readonly rows: readonly AlertRow[]; readonly next: AlertCursor | null };
export type QueueCounts = {
  readonly open: number;
  readonly mine: number;
  readonly unassigned: number;
  readonly snoozed: number;
  readonly all: number;
  /** The newest alert of all that the actor may see; "0" while there is none. */
  readonly newestId: string;
};
