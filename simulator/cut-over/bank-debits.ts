import type { BusinessType } from '@/domain/clearing/transaction';
import { DAY_SECONDS, ZONE_SECONDS } from '../calendar';
import type { Law } from '../law';
import type { Payment } from '../payment';
import { Random, unitHash } from '../random';
import { STREAM } from '../streams';
import type { Stances } from './stances';

/** One debit as it happened, and whether its bank reports it. Indexes into the country's list. */
export type SimulatedDebit = {
  readonly serial: string;
  readonly bank: number;
  /** As the bank knows it. */
  readonly institution: number;
  /** The bank knows it under another institution than clearing does. */
  readonly nested: boolean;
  readonly businessType: BusinessType;
  readonly debitedMs: number;
  readonly amountMinor: number;
  /** Whether it came through clearing. */
  readonly cleared: boolean;
  /** The clearing record, where the bank's books have it. */
  readonly transactionId: string | undefined;
  readonly agreementNo: string | undefined;
  /** Left out of the bank's report of single debits; and left out of its declaration as well. */
  readonly omitted: 'no' | 'report' | 'everywhere';
};

/** Some banks' older systems do not keep the clearing number. */
const BARE_SHARE = 0.04;

const shared = new Random();

/** The debit that a payment causes at its payer's bank; none where no bank is debited or nothing was paid in the end. */
export function debitOf(law: Law, stances: Stances, payment: Payment): SimulatedDebit | undefined {
  const succeeded = payment.status === 'succeeded' || payment.resolution?.status === 'succeeded';
  const institution = payment.intermediary ?? payment.payee;
  if (!succeeded || law.institutions[payment.payer]?.kind !== 'bank' || law.institutions[institution]?.kind !== 'payment') return undefined;
  const { salt } = payment;
  const { front, behind, share } = stances.nested;
  const nested = institution === front && unitHash(law.seed, STREAM.nestedDebit, salt) < share;
  const bare = payment.route === 'direct' || (!nested && unitHash(law.seed, STREAM.bareDebit, salt) < BARE_SHARE);
  return {
    serial: `D${payment.id}`,
    bank: payment.payer,
    institution: nested ? behind : institution,
    nested: nested && payment.route === 'cleared',
    businessType: payment.businessType,
    debitedMs: payment.acceptedMs + payment.hopMs + payment.payerMs,
    amountMinor: payment.amountMinor,
    cleared: payment.route === 'cleared',
    transactionId: bare ? undefined : payment.id,
    agreementNo: payment.agreementNo,
    omitted: omitted(stances, payment.payer, unitHash(law.seed, STREAM.omittedDebit, salt)),
  };
}

/** The debits of a business day that no payment stands behind: they went past clearing, and past every report but the bank's. */
export function hiddenDebits(law: Law, stances: Stances, day: number): SimulatedDebit[] {
  const out: SimulatedDebit[] = [];
  for (const [n, pair] of stances.hidden.entries()) {
    if (pair.untilDay !== undefined && day > pair.untilDay) continue;
    const random = shared.at(law.seed, STREAM.hiddenDebit, day, n);
    const count = random.poisson(pair.perDay);
    for (let i = 0; i < count; i++) {
      const second = day * DAY_SECONDS - ZONE_SECONDS + 8 * 3600 + random.below(14 * 3600);
      out.push({
        serial: `H${day}-${n}-${i}`,
        bank: pair.bank,
        institution: pair.institution,
        nested: false,
        businessType: pair.businessType,
        debitedMs: second * 1000 + random.below(1000),
        amountMinor: Math.max(100, Math.round(random.logNormal(24_000, 0.9))),
        cleared: false,
        transactionId: undefined,
        agreementNo: `OLD-${pair.institution}-${random.below(400)}`,
        omitted: omitted(stances, pair.bank, random.unit()),
      });
    }
  }
  return out.sort((a, b) => a.debitedMs - b.debitedMs);
}

function omitted(stances: Stances, bank: number, unit: number): SimulatedDebit['omitted'] {
  if (unit < (stances.omittingBanks.get(bank) ?? 0)) return 'everywhere';
  return unit < (stances.incompleteBanks.get(bank) ?? 0) ? 'report' : 'no';
}
