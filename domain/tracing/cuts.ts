import type { LedgerPayment } from './ledger';
import type { Lot } from './lot';
import type { PruneReason } from './trace-answer';
import type { TraceQuestion } from './trace-question';

export type Cut = {
  /** Why this money is not followed when the payment spends it; undefined: it is. */
  readonly reasonFor: (lot: Lot) => PruneReason | undefined;
};

/**
 * What of a payment is not followed. Money that is not followed has left the account all the same, in the order that each method says; the
 * trace keeps it where it was last seen, so that nothing is lost from the sum. `later`: the payment lies after the window.
 */
export function cutOf(payment: LedgerPayment, question: TraceQuestion, later: boolean): Cut {
  const whole = later ? 'window' : wholeReason(payment, question);
  const { hops, waitLimitMs } = question;
  return {
    reasonFor: (lot) => {
      if (whole) return whole;
      if (lot.hop >= hops) return 'hops';
      return waitLimitMs !== null && Math.abs(payment.atMs - lot.sinceMs) > waitLimitMs ? 'wait' : undefined;
    },
  };
}

/** Why a payment is not followed whatever it carries. */
export function wholeReason(payment: LedgerPayment, question: TraceQuestion): PruneReason | undefined {
  if (question.sinceMs !== null && payment.atMs < question.sinceMs) return 'window';
  if (payment.amountMinor < question.minAmountMinor) return 'min-amount';
  return question.businessTypes.length > 0 && !question.businessTypes.includes(payment.businessType) ? 'business-type' : undefined;
}
