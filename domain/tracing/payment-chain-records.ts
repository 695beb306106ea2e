import type { LegParty, LegStatus, Route, TransactionStatus } from '../clearing/transaction';

/** One party's institution in a payment. */
export type ChainInstitution = { readonly id: number; readonly kind: 'bank' | 'payment' | 'clearing' | 'external' };

/** What the clearing record says of the payment: the reference that every party's own record is held against. */
export type ChainPayment = {
  readonly status: TransactionStatus;
  readonly route: Route;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly acceptedAtMs: number;
  readonly payer: ChainInstitution;
  readonly intermediary: ChainInstitution | null;
  readonly payee: ChainInstitution;
  /** Money went back later (a return or a refund): a reversed leg is then no disagreement. */
  readonly wentBack: boolean;
};

/** What `reporterId` says that `party` did. Times are epoch ms. */
export type ChainLeg = {
  readonly party: LegParty;
  readonly institutionId: number;
  readonly reporterId: number;
  readonly serial: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly postedAtMs: number | null;
  /** "2026-11-23". */
  readonly valueDate: string | null;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly status: LegStatus;
};

/** One party's column: what it ought to have recorded, and what there is. */
export type ChainParty = {
  readonly party: LegParty;
  /** Null only for a clearing institution that nobody has named yet. */
  readonly institutionId: number | null;
  readonly legs: readonly ChainLeg[];
  /** recorded: there is a leg · awaited: it may still come · missing: it should be here · silent: nobody need have recorded anything. */
  readonly record: 'recorded' | 'awaited' | 'missing' | 'silent';
};
