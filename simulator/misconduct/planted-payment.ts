import { transactionId } from '../identifiers';
import type { Profile } from '../institution-profiles';
import type { Payment } from '../payment';
import { hash, Random } from '../random';
import { STREAM } from '../streams';
import type { PlacedMove } from './misconduct';

/** Planted payments count from here within a second: others from 0, refunds above. */
const FIRST_PLANTED_INDEX = 5_000_000;

export function plantedId(seed: number, { second, place }: PlacedMove): string {
  return transactionId({ seed, second, index: FIRST_PLANTED_INDEX + place });
}

/** A planted move as the payment that the clearing institution sees: nothing in it tells. */
export function plantedPayment(move: PlacedMove, { seed, profiles }: { seed: number; profiles: readonly Profile[] }): Payment {
  const random = new Random().at(seed, STREAM.misconduct, move.second, FIRST_PLANTED_INDEX + move.place);
  const payer = profiles[move.payer.index] as Profile;
  const payee = profiles[move.payee.index] as Profile;
  const payerMs = Math.max(1, Math.round(random.logNormal(payer.debitMs, payer.sigma)));
  const payeeMs = Math.max(1, Math.round(random.logNormal(payee.creditMs, payee.sigma)));
  const hopMs = 4 + random.below(9);
  const respondedMs = move.atMs + payerMs + payeeMs + 4 * hopMs;
  return {
    id: plantedId(seed, move),
    businessType: move.businessType,
    route: 'cleared',
    channel: move.businessType === 'barcode' ? 'qr' : 'app',
    status: 'succeeded',
    systemCode: 'S000',
    businessCode: 'B000',
    payer: move.payer.index,
    payerAccount: move.payer.account,
    intermediary: undefined,
    payee: move.payee.index,
    payeeAccount: move.payee.account,
    amountMinor: move.amountMinor,
    initiatedMs: move.atMs - 40 - random.below(60),
    acceptedMs: move.atMs,
    respondedMs,
    reportedMs: respondedMs,
    resolution: undefined,
    payerMs,
    payeeMs,
    hopMs,
    endToEndId: undefined,
    uetr: undefined,
    agreementNo:
      move.businessType === 'agreement'
        ? `SGN${String(hash(seed, STREAM.agreement, move.second, move.place)).padStart(14, '0')}`
        : undefined,
    merchantId: move.merchant?.id,
    terminalId: move.terminalId,
    merchantCategory: move.merchant?.category,
    barcodeTier: move.barcodeTier,
    originalId: undefined,
    salt: random.bits(),
  };
}
