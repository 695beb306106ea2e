import type { LegParty, LegStatus } from '@/domain/clearing/transaction';
import { businessStamp } from './business-time';
import { CLEARING_CODE } from './country';
import type { Law } from './law';
import type { Payment } from './payment';
import { Random } from './random';
import { STREAM } from './streams';

export const BREAKS = ['amount', 'missing', 'duplicate', 'status', 'value-date'] as const;
export type Break = (typeof BREAKS)[number];
/** Out of succeeded cleared payments, so many carry a planted break between the parties' records. */
const BREAK_SHARE = 0.0025;

/** What one party records of its part of a payment. Times are epoch ms; `institution` is an index into the country's list. */
export type Leg = {
  readonly transactionId: string;
  readonly party: LegParty;
  readonly institution: number;
  readonly serial: string;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly postedMs: number | undefined;
  /** Days after the business day of acceptance. */
  readonly valueDays: number;
  readonly amountMinor: number;
  readonly status: LegStatus;
};

const shared = new Random();

/** The planted truth: which disagreement, if any, the parties' records of a payment have. */
export function plantedBreak(law: Law, payment: Payment): Break | undefined {
  if (payment.status !== 'succeeded' || payment.route === 'direct') return undefined;
  const random = shared.at(law.seed, STREAM.plantedBreak, payment.acceptedMs, payment.salt);
  return random.unit() < BREAK_SHARE ? BREAKS[random.below(BREAKS.length)] : undefined;
}

/** Every party's own record of a payment, in the order in which the money passes. */
export function legsOf(law: Law, payment: Payment): Leg[] {
  const { acceptedMs, payerMs, payeeMs, hopMs, status, respondedMs = payment.reportedMs } = payment;
  const payerBank = law.institutions[payment.payer]?.kind === 'bank';
  const payeeBank = law.institutions[payment.payee]?.kind === 'bank';
  const paymentInstitution = payment.intermediary ?? (payerBank ? (payeeBank ? undefined : payment.payee) : payment.payer);
  const out: Leg[] = [];
  const add = (party: LegParty, institution: number, startedMs: number, endedMs: number, legStatus: LegStatus) => {
    const posted = legStatus === 'debited' || legStatus === 'credited' || legStatus === 'succeeded';
    out.push({
      transactionId: payment.id,
      party,
      institution,
      serial: serialOf(law, payment, party, institution),
      startedMs,
      endedMs,
      postedMs: posted ? endedMs : undefined,
      valueDays: 0,
      amountMinor: payment.amountMinor,
      status: legStatus,
    });
  };
  const payerFrom = acceptedMs + hopMs;
  const payerTo = payerFrom + payerMs;
  if (payerBank) add('payer_bank', payment.payer, payerFrom, payerTo, status === 'succeeded' ? 'debited' : status);
  if (paymentInstitution !== undefined) {
    const moved = status !== 'succeeded' ? status : payment.intermediary !== undefined ? 'succeeded' : payerBank ? 'credited' : 'debited';
    add('payment_institution', paymentInstitution, payment.initiatedMs, respondedMs + hopMs, moved);
  }
  if (payment.route === 'cleared') {
    const clearing = law.institutions.findIndex(({ code }) => code === CLEARING_CODE);
    add('clearing', clearing, acceptedMs, respondedMs, status);
  }
  if (payeeBank && status === 'succeeded') {
    const from = payerTo + 2 * hopMs;
    add('payee_bank', payment.payee, from, from + payeeMs, 'credited');
  }
  const planted = plantedBreak(law, payment);
  return planted ? broken(law, payment, out, planted) : out;
}

function broken(law: Law, payment: Payment, legs: Leg[], planted: Break): Leg[] {
  const random = shared.at(law.seed, STREAM.plantedBreak, payment.acceptedMs, payment.salt ^ 1);
  // The clearing institution's own record stays right: it is what the others are held against.
  const others = legs.filter(({ party }) => party !== 'clearing');
  const victim = others[random.below(others.length)] as Leg;
  const change = (changed: Partial<Leg>) => legs.map((leg) => (leg === victim ? { ...leg, ...changed } : leg));
  if (planted === 'missing') return legs.filter((leg) => leg !== victim);
  if (planted === 'duplicate') {
    const laterMs = 300 + random.below(900);
    return [
      ...legs,
      {
        ...victim,
        serial: `${victim.serial}D`,
        startedMs: victim.startedMs + laterMs,
        endedMs: victim.endedMs + laterMs,
        postedMs: victim.endedMs + laterMs,
      },
    ];
  }
  if (planted === 'status') return change({ status: victim.status === 'debited' ? 'reversed' : 'failed', postedMs: undefined });
  if (planted === 'value-date') return change({ valueDays: 1 });
  const off = Math.max(1, Math.min(payment.amountMinor - 1, Math.round(payment.amountMinor * 0.0004) || 1));
  return change({ amountMinor: payment.amountMinor > 1 && random.unit() < 0.7 ? payment.amountMinor - off : payment.amountMinor + off });
}

/** Each party numbers in its own way. */
function serialOf(law: Law, payment: Payment, party: LegParty, institution: number): string {
  const stamp = businessStamp(Math.floor(payment.acceptedMs / 1000));
  const tail = payment.id.slice(-7);
  if (party === 'clearing') return `C03${stamp.slice(2)}${tail}`;
  const letters = (law.institutions[institution]?.pinyinInitials ?? 'x').slice(0, 2).toUpperCase();
  const number = `${payment.acceptedMs % 1000}`.padStart(3, '0') + String((payment.salt >>> 4) % 1_000_000).padStart(6, '0');
  return party === 'payment_institution'
    ? `${letters}${stamp.slice(2)}${number}`
    : `${letters}-${party === 'payer_bank' ? 'D' : 'C'}${stamp.slice(2, 8)}${number}`;
}
