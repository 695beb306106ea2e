/** What one institution paid another within a range, in one currency. Amounts are of succeeded payments, in minor units. */
export type PairFlow = {
  readonly payerId: number;
  readonly payeeId: number;
  readonly amount: bigint;
  readonly succeeded: bigint;
  readonly declined: bigint;
  readonly failed: bigint;
  /** Not answered yet: never counted as a failure. */
  readonly unknown: bigint;
  /** The part of `amount` and of the payments that lies in hours that have ended: what `before` may be compared with. */
  readonly endedAmount: bigint;
  readonly endedPayments: bigint;
  readonly beforeAmount: bigint;
  readonly beforePayments: bigint;
};

/** Every payment asked for, whatever became of it. */
export function paymentsOf(flow: Pick<PairFlow, 'succeeded' | 'declined' | 'failed' | 'unknown'>): bigint {
  return flow.succeeded + flow.declined + flow.failed + flow.unknown;
}

/** Approved ÷ answered, 0 to 1: an unanswered payment is neither. Null where none is answered. */
export function successRate(flow: Pick<PairFlow, 'succeeded' | 'declined' | 'failed'>): number | null {
  const answered = flow.succeeded + flow.declined + flow.failed;
  return answered === 0n ? null : Number((flow.succeeded * 1_000_000n) / answered) / 1_000_000;
}

/** Mean amount of a succeeded payment in minor units, rounded half up. Null where none succeeded. */
export function meanTicket(flow: Pick<PairFlow, 'amount' | 'succeeded'>): bigint | null {
  return flow.succeeded === 0n ? null : (flow.amount * 2n + flow.succeeded) / (flow.succeeded * 2n);
}
