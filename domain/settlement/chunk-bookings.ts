import type { PaymentFact } from '../clearing/rollup';
import type { TransactionStatus } from '../clearing/transaction';
import type { Booking } from './booking';

/** A booking with the payment it is of. */
export type PaymentBooking = Booking & { readonly transactionKey: string; readonly acceptedAtMs: number };

/**
 * What the payments and outcomes of one chunk of the feed come to, payment by payment: a payment that was reported and taken back within the
 * chunk is no booking at all. Direct payments are settled elsewhere and are none either.
 */
export class ChunkBookings {
  readonly #deltas = new Map<string, { fact: PaymentFact; delta: number }>();

  payment(transactionKey: string, fact: PaymentFact, status: TransactionStatus): void {
    this.#add(transactionKey, fact, worth(status));
  }

  move(transactionKey: string, fact: PaymentFact, from: TransactionStatus, to: TransactionStatus): void {
    this.#add(transactionKey, fact, worth(to) - worth(from));
  }

  /** Oldest first; a payment counts at most once up and at most once down. */
  *bookings(): Generator<PaymentBooking> {
    const standing = [...this.#deltas].filter(([, { delta }]) => delta !== 0);
    for (const [transactionKey, { fact, delta }] of standing.sort(([, a], [, b]) => a.fact.acceptedAtMs - b.fact.acceptedAtMs)) {
      if (delta !== 1 && delta !== -1) throw new Error(`payment ${transactionKey} would be booked ${delta} times`);
      const { payerId, payeeId, currency, amountMinor, acceptedAtMs } = fact;
      yield { transactionKey, payerId, payeeId, currency, amountMinor, acceptedAtMs, sign: delta };
    }
  }

  #add(transactionKey: string, fact: PaymentFact, delta: number): void {
    if (delta === 0 || fact.route !== 'cleared') return;
    const had = this.#deltas.get(transactionKey);
    if (had) had.delta += delta;
    else this.#deltas.set(transactionKey, { fact, delta });
  }
}

function worth(status: TransactionStatus): number {
  return status === 'succeeded' ? 1 : 0;
}
