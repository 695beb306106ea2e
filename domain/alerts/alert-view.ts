import type { AlertDetail } from '../detection/alerts/alert-detail';
import type { AlertGraph } from './alert-graph';
import type { AlertParty, AlertRow } from './alert-row';

/** One payment of an alert; accounts are masked. */
export type AlertPayment = {
  readonly key: string;
  readonly id: string;
  readonly at: string;
  readonly payer: AlertParty;
  readonly payerAccount: string;
  readonly payerMasked: string | null;
  readonly payee: AlertParty;
  readonly payeeAccount: string;
  readonly payeeMasked: string | null;
  readonly through: AlertParty | null;
  readonly amountMinor: string;
  readonly currency: string;
};

/** The subject's other payments in the same role, for comparison. */
export type OwnPayments = {
  readonly role: 'payer' | 'payee';
  readonly currency: string;
  readonly from: string;
  readonly to: string;
  readonly points: readonly { readonly at: string; readonly amountMinor: string }[];
  /** More than are listed. */
  readonly isCut: boolean;
};

export type AlertActivity = {
  readonly id: string;
  readonly at: string;
  readonly actor: string | null;
  readonly kind: string;
  /** A reason's code, a person's name, a time or a note, as the kind has it. */
  readonly note: string | null;
  readonly reason: string | null;
  readonly person: string | null;
  readonly until: string | null;
  /** A person did it whom the reader is not told. */
  readonly isWithheld: boolean;
};

/** How many alerts of a kind were worth it, of those that people have decided about. */
export type Precision = { readonly good: number; readonly judged: number };

/** Everything that the detail of one alert shows, as it crosses to the browser. */
export type AlertView = {
  readonly row: AlertRow;
  readonly detail: AlertDetail;
  readonly payments: readonly AlertPayment[];
  /** Named by the alert but not stored any more. */
  readonly missing: number;
  /** Stored, but other institutions' and not for this reader; no figure here counts them. */
  readonly hidden: number;
  readonly sums: readonly { readonly currency: string; readonly amountMinor: string }[];
  /** Distinct accounts on each side and in all, and the span of the payments. */
  readonly reach: { readonly payers: number; readonly payees: number; readonly accounts: number; readonly spanMs: number };
  readonly own: OwnPayments | null;
  readonly graph: AlertGraph | null;
  readonly history: { readonly alerts: number; readonly good: number; readonly dismissed: number; readonly newest: readonly AlertRow[] };
  readonly similar: readonly AlertRow[];
  readonly activity: readonly AlertActivity[];
  readonly precision: Precision;
};
