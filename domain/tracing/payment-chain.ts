import type { LegParty } from '../clearing/transaction';
import { type ChainBreak, chainBreaks } from './payment-chain-breaks';
import { type Hop, hopsOf, type WorkSegment, workSegments } from './payment-chain-hops';
import type { ChainLeg, ChainParty, ChainPayment } from './payment-chain-records';

export type PaymentChain = {
  /** Payer bank, payment institution, clearing, payee bank, as far as they take part. */
  readonly parties: readonly ChainParty[];
  readonly segments: readonly WorkSegment[];
  readonly hops: readonly Hop[];
  readonly breaks: readonly ChainBreak[];
};

/** Legs come on a feed of their own, up to so long after the payment; until then a leg that is not there is awaited and not missing. */
export const LEG_GRACE_MS = 15 * 60_000;

/**
 * One payment end to end: who takes part, where the time went, which hop is asserted by whom, and where the records break.
 * `asOfMs` is the newest time the platform knows of.
 */
export function paymentChain(payment: ChainPayment, legs: readonly ChainLeg[], asOfMs: number): PaymentChain {
  const ordered = [...legs].sort((a, b) => a.startedAtMs - b.startedAtMs || a.endedAtMs - b.endedAtMs || (a.serial < b.serial ? -1 : 1));
  const parties = partiesOf(payment, ordered, asOfMs);
  const segments = workSegments(ordered);
  return { parties, segments, hops: hopsOf(segments, parties), breaks: chainBreaks(payment, parties) };
}

type Expected = { readonly party: LegParty; readonly institutionId: number | null; readonly required: boolean };

function partiesOf(payment: ChainPayment, legs: readonly ChainLeg[], asOfMs: number): readonly ChainParty[] {
  const expected = expectedParties(payment);
  const mayStillCome = asOfMs - payment.acceptedAtMs < LEG_GRACE_MS;
  const parties = expected.map(({ party, institutionId, required }): ChainParty => {
    const own = legs.filter((leg) => leg.party === party);
    const absent = !required || legs.length === 0 ? 'silent' : mayStillCome ? 'awaited' : 'missing';
    return { party, institutionId: own[0]?.institutionId ?? institutionId, legs: own, record: own.length > 0 ? 'recorded' : absent };
  });
  // A record of a party that the payment does not name is shown all the same.
  for (const leg of legs)
    if (!parties.some(({ party }) => party === leg.party))
      parties.push({
        party: leg.party,
        institutionId: leg.institutionId,
        legs: legs.filter(({ party }) => party === leg.party),
        record: 'recorded',
      });
  return parties.sort((a, b) => LANES.indexOf(a.party) - LANES.indexOf(b.party));
}

const LANES: readonly LegParty[] = ['payer_bank', 'payment_institution', 'clearing', 'payee_bank'];

// Only a payment that succeeded must have passed everybody: a declined or failed one may have ended anywhere.
function expectedParties({ status, route, payer, intermediary, payee }: ChainPayment): readonly Expected[] {
  const required = status === 'succeeded';
  const expected: Expected[] = [];
  if (payer.kind !== 'payment')
    expected.push({ party: 'payer_bank', institutionId: payer.id, required: required && payer.kind === 'bank' });
  const between = intermediary ?? (payer.kind === 'payment' ? payer : payee.kind === 'payment' ? payee : null);
  if (between) expected.push({ party: 'payment_institution', institutionId: between.id, required: required && between.kind === 'payment' });
  if (route === 'cleared') expected.push({ party: 'clearing', institutionId: null, required });
  if (payee.kind !== 'payment')
    expected.push({ party: 'payee_bank', institutionId: payee.id, required: required && payee.kind === 'bank' });
  return expected;
}
