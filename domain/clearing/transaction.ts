/** Words of the clearing platform, in the order that screens list them. The database's enum types carry the same labels. */
export const BUSINESS_TYPES = [
  'agreement',
  'gateway',
  'authenticated',
  'entrusted',
  'payout',
  'barcode',
  'withdrawal',
  'refund',
  'transfer',
  'other',
] as const;
export type BusinessType = (typeof BUSINESS_TYPES)[number];

export const ROUTES = ['cleared', 'direct'] as const;
export type Route = (typeof ROUTES)[number];

/**
 * received: stored, not answered yet. declined: a business no. failed: a technical no.
 * unknown: nobody knows yet; never counted as a failure.
 */
export const TRANSACTION_STATUSES = ['received', 'succeeded', 'declined', 'failed', 'unknown'] as const;
export type TransactionStatus = (typeof TRANSACTION_STATUSES)[number];

export const LEG_PARTIES = ['payer_bank', 'payment_institution', 'clearing', 'payee_bank'] as const;
export type LegParty = (typeof LEG_PARTIES)[number];

export const LEG_STATUSES = ['debited', 'credited', 'succeeded', 'declined', 'failed', 'unknown', 'reversed'] as const;
export type LegStatus = (typeof LEG_STATUSES)[number];

export const HEARTBEAT_LAYERS = ['network', 'tls', 'mtls', 'signature', 'application'] as const;
export type HeartbeatLayer = (typeof HEARTBEAT_LAYERS)[number];

export const FLOW_ROLES = ['payer', 'intermediary', 'payee'] as const;
export type FlowRole = (typeof FLOW_ROLES)[number];

/** Counts of one bucket by what became of each payment. `received` payments are counted as unknown until they are answered. */
export type OutcomeCounts = {
  readonly succeeded: bigint;
  readonly declined: bigint;
  readonly failed: bigint;
  readonly unknown: bigint;
};
