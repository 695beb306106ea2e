/** Why the gateway refused one line of a feed. Stable codes: senders, receipts and the quarantine page share them (docs/feed.md). */
export const REFUSAL_REASONS = [
  // The line itself.
  'line-too-long',
  'invalid-utf8',
  'json-syntax',
  'too-deep',
  'nul-character',
  'lone-surrogate',
  'duplicate-key',
  // Its fields.
  'unknown-field',
  'forbidden-field',
  'missing-field',
  'field-type',
  'field-syntax',
  'both-amounts',
  'amount-syntax',
  'amount-scale',
  'amount-zero',
  'amount-negative',
  'amount-range',
  'currency-unknown',
  'time-range',
  'time-order',
  // Whom and what it speaks of.
  'institution-unknown',
  'not-a-party',
  'transaction-unknown',
  'session-unknown',
  'conflict',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];
