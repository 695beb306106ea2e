import type { PaymentFact } from '@/domain/clearing/rollup';
import type { TransactionStatus } from '@/domain/clearing/transaction';

/** What cleared payments of one minute, one corridor and one currency come to: succeeded ones up, those that ceased to be so down. */
export type GatheredBooking = {
  readonly minute: number;
  readonly payerId: number;
  readonly payeeId: number;
  readonly currency: string;
  payments: number;
  amountMinor: bigint;
};

/** Adds up the bookings of a chunk without keeping the payments apart; which session takes them is decided when they are written. */
export class GatheredBookings {
  readonly #byKey = new Map<string, GatheredBooking>();
  /** Minutes of acceptance that something was said about. */
  readonly touchedMinutes = new Set<number>();

  add(fact: PaymentFact, status: TransactionStatus): void {
    this.#touch(fact);
    if (status === 'succeeded') this.#book(fact, 1);
  }

  move(fact: PaymentFact, from: TransactionStatus, to: TransactionStatus): void {
    this.#touch(fact);
    const delta = Number(to === 'succeeded') - Number(from === 'succeeded');
    if (delta !== 0) this.#book(fact, delta);
  }

  /** Rows that are sums already. */
  addSum(sum: GatheredBooking): void {
    const found = this.#at(sum);
    found.payments += sum.payments;
    found.amountMinor += sum.amountMinor;
  }

  /** Without those that cancelled out. */
  *bookings(): Generator<GatheredBooking> {
    for (const booking of this.#byKey.values()) if (booking.payments !== 0 || booking.amountMinor !== 0n) yield booking;
  }

  #touch({ acceptedAtMs, route }: PaymentFact): void {
    if (route === 'cleared') this.touchedMinutes.add(Math.floor(acceptedAtMs / 60_000));
  }

  #book({ acceptedAtMs, route, payerId, payeeId, currency, amountMinor }: PaymentFact, delta: number): void {
    if (route !== 'cleared') return;
    const found = this.#at({ minute: Math.floor(acceptedAtMs / 60_000), payerId, payeeId, currency });
    found.payments += delta;
    found.amountMinor += amountMinor * BigInt(delta);
  }

  #at({ minute, payerId, payeeId, currency }: Pick<GatheredBooking, 'minute' | 'payerId' | 'payeeId' | 'currency'>): GatheredBooking {
    const key = `${minute} ${payerId} ${payeeId} ${currency}`;
    let found = this.#byKey.get(key);
    if (!found) {
      found = { minute, payerId, payeeId, currency, payments: 0, amountMinor: 0n };
      this.#byKey.set(key, found);
    }
    return found;
  }
}
