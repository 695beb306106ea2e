import type { LegParty, LegStatus, TransactionStatus } from '../clearing/transaction';
import type { ChainLeg, ChainParty, ChainPayment } from './payment-chain-records';

type Of = { readonly party: LegParty; readonly institutionId: number | null };

/** Where the records of one payment do not fit together. `serial` names the leg at fault. */
export type ChainBreak = Of &
  (
    | { readonly kind: 'missing' }
    | { readonly kind: 'duplicate'; readonly serial: string; readonly times: number }
    | { readonly kind: 'amount'; readonly serial: string; readonly recordedMinor: bigint; readonly differenceMinor: bigint }
    | { readonly kind: 'currency'; readonly serial: string; readonly recorded: string; readonly expected: string }
    | { readonly kind: 'status'; readonly serial: string; readonly recorded: LegStatus; readonly expected: TransactionStatus }
    | { readonly kind: 'date-cut'; readonly serial: string; readonly recorded: string; readonly expected: string }
    | { readonly kind: 'order'; readonly serial: string; readonly earlyMs: number }
  );

/** A wrong day or order is a question of clocks and cut-off; anything else is a question of money. */
export function breakSeverity({ kind }: ChainBreak): 'critical' | 'major' {
  return kind === 'date-cut' || kind === 'order' ? 'major' : 'critical';
}

/** Clocks of two parties may differ by so much before an order of events says anything. */
export const CLOCK_TOLERANCE_MS = 1_000;

/** Every break of the chain, in the order of its parties. Records that agree, or may still come, give none. */
export function chainBreaks(payment: ChainPayment, parties: readonly ChainParty[]): readonly ChainBreak[] {
  const day = referenceDay(parties);
  const breaks: ChainBreak[] = [];
  for (const party of parties) {
    const of = { party: party.party, institutionId: party.institutionId };
    if (party.record === 'missing') breaks.push({ ...of, kind: 'missing' });
    const twice = bookedTwice(party.legs);
    if (twice) breaks.push({ ...of, kind: 'duplicate', serial: twice.serial, times: twice.times });
    for (const leg of party.legs) {
      const { serial } = leg;
      if (leg.currency !== payment.currency)
        breaks.push({ ...of, kind: 'currency', serial, recorded: leg.currency, expected: payment.currency });
      else if (leg.amountMinor !== payment.amountMinor) {
        const differenceMinor = leg.amountMinor - payment.amountMinor;
        breaks.push({ ...of, kind: 'amount', serial, recordedMinor: leg.amountMinor, differenceMinor });
      }
      if (!agrees(leg.status, payment)) breaks.push({ ...of, kind: 'status', serial, recorded: leg.status, expected: payment.status });
      if (day !== null && leg.valueDate !== null && leg.valueDate !== day)
        breaks.push({ ...of, kind: 'date-cut', serial, recorded: leg.valueDate, expected: day });
    }
  }
  const early = creditBeforeDebit(parties);
  return early ? [...breaks, early] : breaks;
}

const AGREEING: Record<TransactionStatus, readonly LegStatus[]> = {
  succeeded: ['debited', 'credited', 'succeeded'],
  // A debit that was taken back fits a payment that did not go through.
  declined: ['declined', 'reversed'],
  failed: ['failed', 'reversed'],
  // Nothing is settled, so nothing can disagree.
  unknown: ['debited', 'credited', 'succeeded', 'declined', 'failed', 'reversed'],
  received: ['debited', 'credited', 'succeeded', 'declined', 'failed', 'reversed'],
};

// A leg that says "unknown" was written before anybody knew; that is ignorance and no contradiction.
function agrees(recorded: LegStatus, { status, wentBack }: ChainPayment): boolean {
  return recorded === 'unknown' || AGREEING[status].includes(recorded) || (recorded === 'reversed' && wentBack);
}

// A party may keep several records of its work, but books the money once. Another reporter's word on the same serial is no second booking.
function bookedTwice(legs: readonly ChainLeg[]): { serial: string; times: number } | undefined {
  const booked = legs.filter((leg) => leg.postedAtMs !== null && leg.status !== 'reversed');
  for (const status of new Set(booked.map((leg) => leg.status))) {
    const serials = [...new Set(booked.filter((leg) => leg.status === status).map((leg) => leg.serial))];
    if (serials.length > 1) return { serial: serials.at(-1) as string, times: serials.length };
  }
  return undefined;
}

/** The accounting day that counts: clearing's, else the one that most records carry, of equals the earlier. */
export function referenceDay(parties: readonly ChainParty[]): string | null {
  const days = (of: readonly ChainParty[]) => of.flatMap(({ legs }) => legs.flatMap(({ valueDate }) => valueDate ?? []));
  const clearing = days(parties.filter(({ party }) => party === 'clearing'))[0];
  if (clearing !== undefined) return clearing;
  const counts = new Map<string, number>();
  for (const day of days(parties)) counts.set(day, (counts.get(day) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0] ?? null;
}

function creditBeforeDebit(parties: readonly ChainParty[]): ChainBreak | undefined {
  const booked = (status: LegStatus) =>
    parties.flatMap((party) =>
      party.legs.flatMap((leg) => (leg.status === status && leg.postedAtMs !== null ? [{ party, leg, at: leg.postedAtMs }] : [])),
    );
  const debit = booked('debited').sort((a, b) => a.at - b.at)[0];
  const credit = booked('credited').sort((a, b) => a.at - b.at)[0];
  if (!debit || !credit || debit.at - credit.at <= CLOCK_TOLERANCE_MS) return undefined;
  const { party, leg } = credit;
  return { party: party.party, institutionId: party.institutionId, kind: 'order', serial: leg.serial, earlyMs: debit.at - credit.at };
}
