import type { LegParty } from '../clearing/transaction';
import type { ChainLeg, ChainParty } from './payment-chain-records';

/** A stretch of time in which a party itself was busy with the payment. */
export type WorkSegment = {
  readonly party: LegParty;
  readonly serial: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** The party says so itself; otherwise somebody else reported it. */
  readonly ownRecord: boolean;
};

/** The payment passing from one party to another. Where a record is missing there are no times. */
export type Hop = {
  readonly from: LegParty;
  readonly to: LegParty;
  readonly leftMs: number | null;
  readonly arrivedMs: number | null;
  /** both: each end recorded its own side · one: one end did · inferred: neither did. */
  readonly assertedBy: 'both' | 'one' | 'inferred';
};

/**
 * Parties record either each stretch of their work, or one span from request to answer that encloses those whom they asked in turn.
 * A span that encloses others is cut where they were busy, so that both ways of recording give the same picture.
 */
export function workSegments(legs: readonly ChainLeg[]): readonly WorkSegment[] {
  const told = oneTellerEach(legs);
  return told
    .flatMap((leg) => {
      const inside = told.filter((other) => other !== leg && other.party !== leg.party && encloses(leg, other));
      return cut(leg, inside).map(([fromMs, toMs]) => ({
        party: leg.party,
        serial: leg.serial,
        fromMs,
        toMs,
        ownRecord: leg.reporterId === leg.institutionId,
      }));
    })
    .sort((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs);
}

/** Each passing from one party to the next in time, and the ones that must have been at a party without a record. */
export function hopsOf(segments: readonly WorkSegment[], parties: readonly ChainParty[]): readonly Hop[] {
  const hops: Hop[] = [];
  let before: WorkSegment | undefined;
  for (const segment of segments) {
    if (before && before.party !== segment.party) {
      const own = Number(before.ownRecord) + Number(segment.ownRecord);
      hops.push({
        from: before.party,
        to: segment.party,
        leftMs: before.toMs,
        arrivedMs: segment.fromMs,
        assertedBy: own === 2 ? 'both' : own === 1 ? 'one' : 'inferred',
      });
    }
    before = segment;
  }
  const absent = parties.filter(({ record }) => record === 'missing');
  for (const { party } of absent) {
    // Everybody speaks with the clearing side; without one, with whoever else is there.
    const partner = parties.find((other) => other.party === 'clearing' && other.party !== party && other.record === 'recorded');
    const other = partner ?? parties.find((candidate) => candidate.record === 'recorded' && candidate.party !== party);
    if (!other) continue;
    const out = { leftMs: null, arrivedMs: null, assertedBy: 'inferred' as const };
    hops.push({ from: other.party, to: party, ...out }, { from: party, to: other.party, ...out });
  }
  if (segments.length > 0) return hops;
  // Nobody recorded anything: the hops are what the payment's parties imply.
  return parties.slice(1).map(({ party }, i) => ({
    from: (parties[i] as ChainParty).party,
    to: party,
    leftMs: null,
    arrivedMs: null,
    assertedBy: 'inferred',
  }));
}

// Two reporters may tell of the same leg: it is drawn once, by the party's own word where there is one.
function oneTellerEach(legs: readonly ChainLeg[]): readonly ChainLeg[] {
  const told = new Map<string, ChainLeg>();
  for (const leg of legs) {
    const name = `${leg.party} ${leg.serial}`;
    if (!told.has(name) || leg.reporterId === leg.institutionId) told.set(name, leg);
  }
  return [...told.values()];
}

// Of two equal spans the outer one is the party that asks: the payment institution asks clearing, clearing asks the banks.
const DEPTH: Record<LegParty, number> = { payment_institution: 0, clearing: 1, payer_bank: 2, payee_bank: 2 };

function encloses(outer: ChainLeg, inner: ChainLeg): boolean {
  if (outer.startedAtMs > inner.startedAtMs || outer.endedAtMs < inner.endedAtMs) return false;
  const equal = outer.startedAtMs === inner.startedAtMs && outer.endedAtMs === inner.endedAtMs;
  return !equal || DEPTH[outer.party] < DEPTH[inner.party];
}

function cut(leg: ChainLeg, inside: readonly ChainLeg[]): readonly (readonly [number, number])[] {
  const pieces: (readonly [number, number])[] = [];
  let from = leg.startedAtMs;
  for (const inner of [...inside].sort((a, b) => a.startedAtMs - b.startedAtMs)) {
    if (inner.startedAtMs > from) pieces.push([from, inner.startedAtMs]);
    from = Math.max(from, inner.endedAtMs);
  }
  // A leg without duration is still a moment at that party.
  if (from < leg.endedAtMs || pieces.length === 0) pieces.push([Math.min(from, leg.endedAtMs), leg.endedAtMs]);
  return pieces;
}
