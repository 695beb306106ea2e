/** One cleared payment that begins (+1) or ceases (−1) to be succeeded. */
export type Booking = {
  readonly payerId: number;
  readonly payeeId: number;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly sign: 1 | -1;
};

export type BookedPosition = { inMinor: bigint; outMinor: bigint; inCount: number; outCount: number };

/** What bookings of one session add up to. Every booking touches both ends with the same amount, so the net positions sum to zero. */
export class SessionBook {
  /** By `institution currency`. */
  readonly positions = new Map<string, BookedPosition & { readonly institutionId: number; readonly currency: string }>();
  /** By `payer payee currency`. */
  readonly pairs = new Map<string, { payerId: number; payeeId: number; currency: string; payments: number; amountMinor: bigint }>();
  /** By `institution currency minute`; minutes since 1970. */
  readonly minutes = new Map<string, { institutionId: number; currency: string; minute: number; inMinor: bigint; outMinor: bigint }>();

  book({ sign, amountMinor, ...ends }: Booking, minute: number): void {
    this.bookSum({ ...ends, payments: sign, amountMinor: sign === 1 ? amountMinor : -amountMinor }, minute);
  }

  /** Many bookings of one corridor and minute at once, those that cease taken off. */
  bookSum(
    sum: { readonly payerId: number; readonly payeeId: number; readonly currency: string; payments: number; amountMinor: bigint },
    minute: number,
  ): void {
    const { payerId, payeeId, currency, payments, amountMinor } = sum;
    const payer = this.#position(payerId, currency);
    payer.outMinor += amountMinor;
    payer.outCount += payments;
    const payee = this.#position(payeeId, currency);
    payee.inMinor += amountMinor;
    payee.inCount += payments;
    this.#minute(payerId, currency, minute).outMinor += amountMinor;
    this.#minute(payeeId, currency, minute).inMinor += amountMinor;
    const key = `${payerId} ${payeeId} ${currency}`;
    const pair = this.pairs.get(key) ?? { payerId, payeeId, currency, payments: 0, amountMinor: 0n };
    pair.payments += payments;
    pair.amountMinor += amountMinor;
    this.pairs.set(key, pair);
  }

  #position(institutionId: number, currency: string) {
    const key = `${institutionId} ${currency}`;
    let found = this.positions.get(key);
    if (!found) {
      found = { institutionId, currency, inMinor: 0n, outMinor: 0n, inCount: 0, outCount: 0 };
      this.positions.set(key, found);
    }
    return found;
  }

  #minute(institutionId: number, currency: string, minute: number) {
    const key = `${institutionId} ${currency} ${minute}`;
    let found = this.minutes.get(key);
    if (!found) {
      found = { institutionId, currency, minute, inMinor: 0n, outMinor: 0n };
      this.minutes.set(key, found);
    }
    return found;
  }
}

/** The minute at which a booking counts within a session: its own, or the session's first or last where it lies outside. */
export function minuteWithin(span: { readonly opensAtMs: number; readonly cutOffAtMs: number }, acceptedAtMs: number): number {
  const first = Math.floor(span.opensAtMs / 60_000);
  const last = Math.ceil(span.cutOffAtMs / 60_000) - 1;
  return Math.min(last, Math.max(first, Math.floor(acceptedAtMs / 60_000)));
}
