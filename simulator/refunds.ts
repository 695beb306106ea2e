import { REFUND_SHARE } from './business-types';
import { FIRST_REFUND_INDEX, transactionId } from './identifiers';
import { isPurchase, type Law } from './law';
import type { Payment } from './payment';
import { Random } from './random';
import { STREAM } from './streams';

/** A refund comes so many minutes after its payment. Payments of second n of a minute wait by entry n mod 12. */
const WAIT_MINUTES = [3, 7, 19, 48, 126, 310, 760, 1_450, 2_900, 5_770, 8_650, 17_300] as const;
const CLASSES = WAIT_MINUTES.length;
/** About so many drawn payments can be given back: purchases that succeeded. */
const ELIGIBLE_SHARE = 0.8;

type Plan = {
  readonly original: { readonly second: number; readonly index: number; readonly count: number };
  /** Parts of the amount in per mille, each of what is left; one entry a refund. */
  readonly parts: readonly number[];
  readonly salt: number;
};

/**
 * Refunds of a law. Nothing is remembered: which payments of a minute are given back, when and in which parts follows from the seed, so a
 * refund finds its original by looking back a known time. Each payment is in one plan at most, and the parts of a plan never exceed it.
 */
export class Refunds {
  readonly #law: Law;
  readonly #random = new Random();
  #minute = Number.NaN;
  #due: Map<number, { plan: Plan; part: number }[]> = new Map();

  constructor(law: Law) {
    this.#law = law;
  }

  /** The refunds accepted in an epoch second. */
  *at(second: number): Generator<Payment> {
    const minute = Math.floor(second / 60);
    if (minute !== this.#minute) {
      this.#due = this.#dueIn(minute);
      this.#minute = minute;
    }
    const due = this.#due.get(second) ?? [];
    for (const [position, { plan, part }] of due.entries()) {
      const refund = this.#refund({ plan, part, second, position, count: due.length });
      if (refund) yield refund;
    }
  }

  #dueIn(minute: number): Map<number, { plan: Plan; part: number }[]> {
    const due = new Map<number, { plan: Plan; part: number }[]>();
    const add = (plan: Plan, part: number) => {
      const second = minute * 60 + ((plan.salt >>> (part * 8)) % 60);
      const list = due.get(second);
      if (list) list.push({ plan, part });
      else due.set(second, [{ plan, part }]);
    };
    for (const [wait, minutes] of WAIT_MINUTES.entries()) {
      for (const plan of this.#plans(minute - minutes, wait)) add(plan, 0);
      for (const plan of this.#plans(minute - minutes - secondWait(minutes), wait)) if (plan.parts.length > 1) add(plan, 1);
    }
    return due;
  }

  /** What of one minute's payments is given back after one of the waiting times. */
  #plans(minute: number, wait: number): Plan[] {
    const law = this.#law;
    const seconds: { second: number; count: number }[] = [];
    let total = 0;
    for (let n = wait; n < 60; n += CLASSES) {
      const second = minute * 60 + n;
      const count = law.count(second);
      total += count;
      seconds.push({ second, count });
    }
    const random = this.#random.at(law.seed, STREAM.refundPlan, minute, wait);
    const planned = Math.min(total, random.poisson((total * REFUND_SHARE) / ELIGIBLE_SHARE));
    const out: Plan[] = [];
    for (let n = 0; n < planned; n++) {
      // One out of each stretch, so that no payment is drawn twice.
      const from = Math.floor((n * total) / planned);
      let position = from + random.below(Math.floor(((n + 1) * total) / planned) - from);
      const shape = random.unit();
      const parts = shape < 0.68 ? [1000] : shape < 0.9 ? [100 + random.below(800)] : [200 + random.below(300), 200 + random.below(800)];
      const salt = random.bits();
      for (const { second, count } of seconds) {
        if (position < count) {
          out.push({ original: { second, index: position, count }, parts, salt });
          break;
        }
        position -= count;
      }
    }
    return out;
  }

  #refund(input: { plan: Plan; part: number; second: number; position: number; count: number }): Payment | undefined {
    const { plan, part, second, position, count } = input;
    const law = this.#law;
    const original = law.payment(plan.original);
    if (original?.status !== 'succeeded' || !isPurchase(original.businessType) || original.businessType === 'other') return undefined;
    let left = original.amountMinor;
    let amountMinor = 0;
    for (const permille of plan.parts.slice(0, part + 1)) {
      left -= amountMinor;
      amountMinor = Math.floor((left * permille) / 1000);
    }
    if (amountMinor < 1) return undefined;

    const index = FIRST_REFUND_INDEX + position;
    const random = this.#random.at(law.seed, STREAM.refund, second, index);
    const disturbed = law.disturbances.at(second);
    const troubles = [original.payee, original.payer].flatMap(
      (institution) => disturbed.get(law.institutions[institution]?.code as string) ?? [],
    );
    if (troubles.some(({ reroutedShare }) => reroutedShare > 0)) return undefined;
    const failed = random.unit() < 0.004 || troubles.some(({ failShare }) => random.unit() < failShare);
    const debit = law.profiles[original.payee];
    const credit = law.profiles[original.payer];
    const acceptedMs = second * 1000 + Math.floor(((position + random.unit()) / count) * 1000);
    const payerMs = Math.max(1, Math.round(random.logNormal(debit?.debitMs ?? 50, 0.4)));
    const payeeMs = Math.max(1, Math.round(random.logNormal(credit?.creditMs ?? 90, 0.4)));
    const hopMs = 4 + random.below(9);
    const respondedMs = acceptedMs + payerMs + 2 * hopMs + (failed ? 0 : payeeMs + 2 * hopMs);
    return {
      ...original,
      id: transactionId({ seed: law.seed, second, index }),
      businessType: 'refund',
      channel: 'api',
      status: failed ? 'failed' : 'succeeded',
      systemCode: failed ? 'S503' : 'S000',
      businessCode: failed ? undefined : 'B000',
      payer: original.payee,
      payerAccount: original.payeeAccount,
      payee: original.payer,
      payeeAccount: original.payerAccount,
      amountMinor,
      initiatedMs: acceptedMs - 15 - random.below(60),
      acceptedMs,
      respondedMs,
      reportedMs: respondedMs,
      resolution: undefined,
      payerMs,
      payeeMs,
      hopMs,
      endToEndId: undefined,
      uetr: undefined,
      agreementNo: undefined,
      terminalId: undefined,
      barcodeTier: undefined,
      originalId: original.id,
      salt: random.bits(),
    };
  }
}

/** The second part of a refund follows the first after half as long again and some minutes. */
function secondWait(minutes: number): number {
  return Math.floor(minutes / 2) + 5;
}
