import { sessionAt } from './calendar';
import { finalLine, resolvedLine, transactionLine } from './feed-lines';
import type { Law } from './law';
import type { Payment } from './payment';
import type { Refunds } from './refunds';

/** A resolution comes at most so many seconds after acceptance. */
export const RESOLUTION_SECONDS_MAX = 1_740;
const SLOT_MS = 100;

type Due = { readonly atMs: number; readonly payment: Payment; readonly kind: 'report' | 'resolve' };
export type Stretch = {
  readonly transactions: string[];
  readonly outcomes: string[];
  /** The payments that `transactions` reports. */
  readonly reported: Payment[];
};

/** Payments and outcomes in the order in which they fall due, from a moment on. */
export class Timeline {
  readonly #law: Law;
  readonly #refunds: Refunds;
  readonly #liveFrom: number;
  readonly #slots = new Map<number, Due[]>();
  #generated: number;
  #slot: number;
  #afterMs: number;

  /**
   * Everything due up to `afterMs` is left out, and so are the reports of payments accepted before `liveFrom`: they are history. Payments
   * are looked at from the epoch second `from`, which must be early enough for outcomes that are still to come.
   */
  constructor(input: { law: Law; refunds: Refunds; liveFrom: number; afterMs: number; from: number }) {
    this.#law = input.law;
    this.#refunds = input.refunds;
    this.#liveFrom = input.liveFrom;
    this.#afterMs = input.afterMs;
    this.#generated = input.from;
    this.#slot = Math.floor(input.afterMs / SLOT_MS);
  }

  /** What falls due up to `toMs`, and not yet taken. */
  take(toMs: number): Stretch {
    const lastSecond = Math.floor(toMs / 1000);
    for (; this.#generated <= lastSecond; this.#generated++) {
      for (const payment of this.#law.payments(this.#generated)) this.#plan(payment);
      for (const refund of this.#refunds.at(this.#generated)) this.#plan(refund);
    }
    const stretch: Stretch = { transactions: [], outcomes: [], reported: [] };
    const lastSlot = Math.floor(toMs / SLOT_MS);
    for (; this.#slot <= lastSlot; this.#slot++) {
      const due = this.#slots.get(this.#slot);
      if (!due) continue;
      const later = due.filter(({ atMs }) => atMs > toMs);
      for (const one of due) if (one.atMs <= toMs) this.#emit(one, stretch);
      if (later.length > 0) {
        this.#slots.set(this.#slot, later);
        break;
      }
      this.#slots.delete(this.#slot);
    }
    this.#slot = Math.min(this.#slot, lastSlot);
    this.#afterMs = toMs;
    return stretch;
  }

  #plan(payment: Payment): void {
    const live = payment.acceptedMs >= this.#liveFrom * 1000;
    if (live) this.#put({ atMs: payment.reportedMs, payment, kind: 'report' });
    const { resolution } = payment;
    if (resolution && resolution.atMs >= this.#liveFrom * 1000) this.#put({ atMs: resolution.atMs, payment, kind: 'resolve' });
  }

  #put(due: Due): void {
    if (due.atMs <= this.#afterMs) return;
    const slot = Math.floor(due.atMs / SLOT_MS);
    const list = this.#slots.get(slot);
    if (list) list.push(due);
    else this.#slots.set(slot, [due]);
  }

  #emit({ payment, kind }: Due, stretch: Stretch): void {
    if (kind === 'report') {
      stretch.transactions.push(transactionLine(this.#law.institutions, payment, undefined));
      stretch.reported.push(payment);
      return;
    }
    stretch.outcomes.push(resolvedLine(payment));
    const { finalAtMs } = sessionAt(Math.floor(payment.acceptedMs / 1000));
    const closed = (payment.resolution?.atMs ?? 0) >= finalAtMs;
    // Found out after its session closed: final at once. Otherwise the session's closing makes it final.
    if (closed && payment.route === 'cleared' && payment.resolution?.status === 'succeeded') {
      stretch.outcomes.push(finalLine(payment, payment.resolution.atMs));
    }
  }
}
