import { BUSINESS_OFFSET_MS, DAY_MS } from '@/domain/time-range';
import { addHistogram, countLatency } from './latency-histogram';
import { type BusinessType, FLOW_ROLES, type LegParty, type Route, type TransactionStatus } from './transaction';

/** What roll-ups need to know of one payment. None of it ever changes after the payment is stored. */
export type PaymentFact = {
  readonly acceptedAtMs: number;
  readonly currency: string;
  readonly businessType: BusinessType;
  readonly route: Route;
  readonly payerId: number;
  readonly intermediaryId: number | null;
  readonly payeeId: number;
  readonly amountMinor: bigint;
};

export type LegFact = {
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly institutionId: number;
  readonly party: LegParty;
};

/** What one bucket gains or loses. `key` holds the tier's columns after the bucket, in the order of TIER_KEYS. */
export type RollupDelta = {
  /** Whole minutes, slots of five minutes, hours, or business days since 1970. */
  readonly bucket: number;
  readonly key: readonly (string | number)[];
  succeeded: number;
  declined: number;
  failed: number;
  unknown: number;
  /** Succeeded payments only. */
  amountMinor: bigint;
  latency: number[];
};

export const TIER_KEYS = {
  platform: ['currency', 'business_type', 'route'],
  slot: ['currency'],
  institution: ['institution_id', 'role', 'currency'],
  pair: ['payer_institution_id', 'payee_institution_id', 'currency', 'business_type'],
} as const;

export const TIERS = [
  'platform_minute',
  'platform_slot',
  'platform_hour',
  'platform_day',
  'institution_minute',
  'institution_hour',
  'institution_day',
  'pair_hour',
  'pair_day',
] as const;
export type Tier = (typeof TIERS)[number];

export type LegDelta = { readonly hour: number; readonly institutionId: number; readonly party: LegParty; legs: number; latency: number[] };

type StatusClass = 'succeeded' | 'declined' | 'failed' | 'unknown';

/** The four classes that add up to all payments. A payment that is not answered yet is one whose outcome nobody knows. */
export function statusClass(status: TransactionStatus): StatusClass {
  return status === 'received' ? 'unknown' : status;
}

/**
 * Sums of payments by bucket, gathered row by row. Every operation is an addition, so that any order of the same rows, and any split
 * into several Rollups that are written one after another, ends in the same figures.
 */
export class Rollup {
  readonly #keepMinutesFromMs: number;
  readonly #platformMinute = new Sums();
  readonly #institutionMinute = new Sums();
  readonly #institutionHour = new Sums();
  readonly #pairHour = new Sums();
  readonly #legHour = new Map<string, LegDelta>();

  /** Minutes of institutions are only kept for a while: payments accepted before `keepMinutesFromMs` stay out of that tier. */
  constructor(options: { keepMinutesFromMs: number }) {
    this.#keepMinutesFromMs = options.keepMinutesFromMs;
  }

  /** A payment stored with this status. `latencyMs` is responded − accepted, null where nobody answered. */
  addPayment(fact: PaymentFact, status: TransactionStatus, latencyMs: number | null): void {
    this.#count(fact, status, 1, latencyMs);
  }

  /** A payment, counted already or not, moved between states. The reverse move undoes it exactly. */
  movePayment(fact: PaymentFact, from: TransactionStatus, to: TransactionStatus): void {
    this.#count(fact, from, -1, null);
    this.#count(fact, to, 1, null);
  }

  addLeg(leg: LegFact): void {
    const hour = Math.floor(leg.startedAtMs / HOUR_MS);
    const id = `${hour}|${leg.institutionId}|${leg.party}`;
    let delta = this.#legHour.get(id);
    if (!delta) {
      delta = { hour, institutionId: leg.institutionId, party: leg.party, legs: 0, latency: [] };
      this.#legHour.set(id, delta);
    }
    delta.legs += 1;
    countLatency(delta.latency, leg.endedAtMs - leg.startedAtMs);
  }

  /** The changes of one tier, in no particular order. */
  deltas(tier: Tier): readonly RollupDelta[] {
    switch (tier) {
      case 'platform_minute':
        return this.#platformMinute.all;
      case 'platform_slot':
        return coarser(this.#platformMinute.all, slotOfMinute, TIER_KEYS.slot.length);
      case 'platform_hour':
        return coarser(this.#platformMinute.all, hourOfMinute);
      case 'platform_day':
        return coarser(this.#platformMinute.all, (minute) => dayOfHour(hourOfMinute(minute)));
      case 'institution_minute':
        return this.#institutionMinute.all;
      case 'institution_hour':
        return this.#institutionHour.all;
      case 'institution_day':
        return coarser(this.#institutionHour.all, dayOfHour);
      case 'pair_hour':
        return this.#pairHour.all;
      case 'pair_day':
        return coarser(this.#pairHour.all, dayOfHour);
    }
  }

  legDeltas(): readonly LegDelta[] {
    return [...this.#legHour.values()];
  }

  #count(fact: PaymentFact, status: TransactionStatus, times: 1 | -1, latencyMs: number | null): void {
    const as = statusClass(status);
    const minute = Math.floor(fact.acceptedAtMs / MINUTE_MS);
    const hour = hourOfMinute(minute);
    const amountMinor = as === 'succeeded' ? (times === 1 ? fact.amountMinor : -fact.amountMinor) : 0n;
    const one: One = { as, times, amountMinor, latencyMs };
    const untimed: One = { as, times, amountMinor, latencyMs: null };
    const { currency, businessType, route, payerId, intermediaryId, payeeId } = fact;
    add(this.#platformMinute, minute, [currency, businessType, route], one);
    add(this.#pairHour, hour, [payerId, payeeId, currency, businessType], untimed);
    const isKept = minute * MINUTE_MS >= this.#keepMinutesFromMs;
    for (const role of FLOW_ROLES) {
      const institutionId = role === 'payer' ? payerId : role === 'payee' ? payeeId : intermediaryId;
      if (institutionId === null) continue;
      const key = [institutionId, role, currency];
      if (isKept) add(this.#institutionMinute, minute, key, untimed);
      add(this.#institutionHour, hour, key, one);
    }
  }
}

type One = { readonly as: StatusClass; readonly times: 1 | -1; readonly amountMinor: bigint; readonly latencyMs: number | null };

function add(deltas: Sums, bucket: number, key: RollupDelta['key'], { as, times, amountMinor, latencyMs }: One): void {
  const delta = deltas.at(bucket, key);
  delta[as] += times;
  if (amountMinor !== 0n) delta.amountMinor += amountMinor;
  if (latencyMs !== null) countLatency(delta.latency, latencyMs);
}

type Level = Map<string | number, Level | RollupDelta>;

/** Deltas by bucket and key: a map for each part of the key, since a string made of all of them would cost more than looking each up. */
class Sums {
  readonly all: RollupDelta[] = [];
  readonly #buckets: Level = new Map();

  at(bucket: number, key: RollupDelta['key']): RollupDelta {
    let level = this.#buckets;
    let part: string | number = bucket;
    for (const next of key) {
      let inner = level.get(part) as Level | undefined;
      if (!inner) {
        inner = new Map();
        level.set(part, inner);
      }
      level = inner;
      part = next;
    }
    let delta = level.get(part) as RollupDelta | undefined;
    if (!delta) {
      delta = { bucket, key, succeeded: 0, declined: 0, failed: 0, unknown: 0, amountMinor: 0n, latency: [] };
      level.set(part, delta);
      this.all.push(delta);
    }
    return delta;
  }
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const slotOfMinute = (minute: number) => Math.floor(minute / 5);
const hourOfMinute = (minute: number) => Math.floor(minute / 60);
// The business offset is a whole number of hours, so that an hour lies in one business day.
const dayOfHour = (hour: number) => Math.floor((hour * HOUR_MS + BUSINESS_OFFSET_MS) / DAY_MS);

/** Sums over wider buckets, by the first `keyLength` columns of the key or by all of it. */
function coarser(fine: Iterable<RollupDelta>, bucketOf: (bucket: number) => number, keyLength?: number): readonly RollupDelta[] {
  const sums = new Sums();
  for (const delta of fine) {
    const bucket = bucketOf(delta.bucket);
    const key = keyLength === undefined ? delta.key : delta.key.slice(0, keyLength);
    const sum = sums.at(bucket, key);
    sum.succeeded += delta.succeeded;
    sum.declined += delta.declined;
    sum.failed += delta.failed;
    sum.unknown += delta.unknown;
    sum.amountMinor += delta.amountMinor;
    addHistogram(sum.latency, delta.latency);
  }
  return sums.all;
}
