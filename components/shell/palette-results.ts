export type FoundInstitution = { readonly code: string; readonly nameZh: string; readonly nameEn: string; readonly kind: string };
export type FoundTransaction = {
  readonly transactionId: string;
  /** Which of its names was asked for. */
  readonly by: 'id' | 'end-to-end' | 'uetr' | 'account';
  readonly acceptedAt: string;
  readonly amountMinor: string;
  readonly currency: string;
  readonly payer: { readonly nameZh: string; readonly nameEn: string };
  readonly payee: { readonly nameZh: string; readonly nameEn: string };
};

/** What the search found. Lists are cut at a few rows each; `more` links to the whole list. */
export type Found = { readonly institutions: readonly FoundInstitution[]; readonly transactions: readonly FoundTransaction[] };

/** Asks the server; given by the page that holds the shell. */
export type FindAnything = (text: string) => Promise<Found>;
