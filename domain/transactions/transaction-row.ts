import type { BusinessType, Route, TransactionStatus } from '../clearing/transaction';

export type NamedInstitution = { readonly code: string; readonly name: string };

/** One line of the transactions table as it crosses to the browser: accounts masked, amount as a string of minor units. */
export type TransactionRow = {
  readonly key: string;
  readonly id: string;
  /** ISO 8601 in UTC, to the microsecond. */
  readonly acceptedAt: string;
  readonly businessType: BusinessType;
  readonly route: Route;
  readonly status: TransactionStatus;
  readonly systemCode: string | null;
  readonly businessCode: string | null;
  readonly payer: NamedInstitution;
  readonly payerAccount: string | null;
  readonly intermediary: NamedInstitution | null;
  readonly payee: NamedInstitution;
  readonly payeeAccount: string | null;
  readonly amountMinor: string;
  readonly currency: string;
  /** From acceptance to the answer. */
  readonly answerMs: number | null;
  readonly sessionNo: string | null;
  readonly endToEndId: string | null;
  readonly isFinal: boolean;
};
