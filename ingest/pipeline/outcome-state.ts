import type { TransactionStatus } from '@/domain/clearing/transaction';

export type OutcomeState = {
  readonly status: TransactionStatus;
  readonly systemCode: string | null;
  readonly businessCode: string | null;
  readonly finalAt: string | null;
  /** When the status that counts was asserted; before all times where the transaction's own report says it. */
  readonly statusAssertedMicros: number;
};
export type ApplyOutcome = {
  readonly status?: TransactionStatus | undefined;
  readonly systemCode?: string | undefined;
  readonly businessCode?: string | undefined;
  readonly finalAt?: string | undefined;
  readonly recordedMicros: number;
};

/**
 * A transaction after one more outcome. Outcomes may come in any order, so the newest assertion of a status counts, and of equal times the
 * later one in the alphabet: every order ends in the same status. The earliest finality counts: it is irrevocable.
 */
export function applyOutcome(before: OutcomeState, outcome: ApplyOutcome): OutcomeState {
  const finalAt = earlier(before.finalAt, outcome.finalAt);
  const { status, recordedMicros } = outcome;
  const isNewer =
    recordedMicros > before.statusAssertedMicros || (recordedMicros === before.statusAssertedMicros && (status ?? '') > before.status);
  if (status === undefined || !isNewer) return { ...before, finalAt };
  return {
    status,
    finalAt,
    statusAssertedMicros: recordedMicros,
    // The codes belong to the status: those of an older assertion say nothing about this one.
    systemCode: outcome.systemCode ?? null,
    businessCode: outcome.businessCode ?? null,
  };
}

function earlier(a: string | null, b: string | undefined): string | null {
  if (a === null || b === undefined) return a ?? b ?? null;
  return Date.parse(b) < Date.parse(a) ? b : a;
}
