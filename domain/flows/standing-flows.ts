import type { PairFlow } from './pair-flow';
import { AMOUNT_UNIT, amountOf, PAYEES, type PairSums, pairKey, sidesOfKey } from './pair-sums';

/** ended: hours of the range that are over. open: its hour still filling. before: the span compared with. */
export type FlowPeriod = 'ended' | 'open' | 'before';
export type FlowPart = { readonly period: FlowPeriod; readonly sums: PairSums };

/**
 * Flows that are the sum of parts, kept so that a changed part costs what changed in it and not what there is. Sums of whole numbers are
 * undone exactly, so that any sequence of changes ends where adding up anew would. They are kept in columns; objects are made of them when
 * somebody asks for them, and only of those that have changed.
 */
export class StandingFlows {
  readonly #compared: boolean;
  /** Where a pair stands in the columns. A pair that no part holds any more keeps its place until all are put in order. */
  readonly #places = new Map<number, number>();
  #columns = new Columns(1_024);
  #gone = 0;
  readonly #sides = { payer: new Map<number, Total>(), payee: new Map<number, Total>() };
  #parts: ReadonlyMap<string, FlowPart> = new Map();
  /** By place, as they were last asked for; undefined where that is no longer so, and those places. */
  #made: (PairFlow | undefined)[] = [];
  #changed: number[] = [];
  #flows: readonly PairFlow[] | undefined;

  /** Without a comparison nothing is said of ended hours. */
  constructor({ compared }: { compared: boolean }) {
    this.#compared = compared;
  }

  /** How many pairs there are. */
  get size(): number {
    return this.#places.size - this.#gone;
  }

  /** Become the sum of exactly these parts; a part keeps its period under its name. */
  move(parts: ReadonlyMap<string, FlowPart>): void {
    for (const [name, { period, sums }] of parts) {
      const old = this.#parts.get(name);
      if (old?.sums === sums) continue;
      if (old) this.#replace(period, old.sums, sums);
      else for (let i = 0; i < sums.keys.length; i++) this.#add(period, sums, i, 1);
    }
    for (const [name, { period, sums }] of this.#parts)
      if (!parts.has(name)) for (let i = 0; i < sums.keys.length; i++) this.#add(period, sums, i, -1);
    this.#parts = parts;
    if (this.#gone > this.#places.size / 2) this.#close();
  }

  /** What was returned before stays as it was. */
  flows(): readonly PairFlow[] {
    if (this.#flows) return this.#flows;
    for (const place of this.#changed) this.#made[place] = this.#columns.flow(place);
    this.#changed = [];
    const made = this.#made as readonly PairFlow[];
    const { holders } = this.#columns;
    this.#flows = this.#gone === 0 ? made.slice() : made.filter((_, place) => holders[place] !== 0);
    return this.#flows;
  }

  /** What each institution paid in all, or took in; those with nothing are left out. */
  sides(side: 'payer' | 'payee'): ReadonlyMap<number, bigint> {
    const totals = new Map<number, bigint>();
    for (const [id, { high, low }] of this.#sides[side]) {
      const amount = amountOf(high, low);
      if (amount !== 0n) totals.set(id, amount);
    }
    return totals;
  }

  /** What one paid the other. */
  amount(payerId: number, payeeId: number): bigint {
    const place = this.#places.get(pairKey(payerId, payeeId));
    return place === undefined ? 0n : amountOf(this.#columns.amountHigh[place] as number, this.#columns.amountLow[place] as number);
  }

  /** Both are in ascending order: pairs that stayed the same are passed over. */
  #replace(period: FlowPeriod, old: PairSums, now: PairSums): void {
    for (let i = 0, j = 0; i < old.keys.length || j < now.keys.length; ) {
      const was = old.keys[i] ?? Number.POSITIVE_INFINITY;
      const is = now.keys[j] ?? Number.POSITIVE_INFINITY;
      if (was === is && isEqual(old, i, now, j)) {
        i++;
        j++;
        continue;
      }
      if (is <= was) this.#add(period, now, j++, 1);
      if (was <= is) this.#add(period, old, i++, -1);
    }
  }

  #add(period: FlowPeriod, sums: PairSums, i: number, times: 1 | -1): void {
    const key = sums.keys[i] as number;
    let place = this.#places.get(key);
    if (place === undefined) {
      place = this.#places.size;
      this.#places.set(key, place);
      if (place === this.#columns.capacity) this.#columns = this.#columns.grown();
      this.#columns.keys[place] = key;
      this.#gone++;
      this.#made.push(undefined);
      this.#changed.push(place);
    }
    if (period !== 'before') {
      const { payerId, payeeId } = sidesOfKey(key);
      addTo(this.#sides.payer, payerId, sums, i, times);
      addTo(this.#sides.payee, payeeId, sums, i, times);
    }
    const held = this.#columns.add(place, period, this.#compared, sums, i, times);
    if (held === 0) this.#gone++;
    else if (held === 1 && times === 1) this.#gone--;
    this.#flows = undefined;
    if (this.#made[place] === undefined) return;
    this.#made[place] = undefined;
    this.#changed.push(place);
  }

  /** Puts the pairs that are still held close together. */
  #close(): void {
    const kept = [...this.#places].filter(([, place]) => this.#columns.holders[place] !== 0);
    this.#columns = this.#columns.only(kept.map(([, place]) => place));
    this.#made = kept.map(([, place]) => this.#made[place]);
    this.#changed = [...this.#made.keys()].filter((place) => this.#made[place] === undefined);
    this.#places.clear();
    for (const [place, [key]] of kept.entries()) this.#places.set(key, place);
    this.#gone = 0;
  }
}

const SUMS = [
  'keys',
  'holders',
  'amountHigh',
  'amountLow',
  'succeeded',
  'declined',
  'failed',
  'unknown',
  'endedHigh',
  'endedLow',
  'endedPayments',
  'beforeHigh',
  'beforeLow',
  'beforePayments',
] as const;
type Sums = Readonly<Record<(typeof SUMS)[number], Float64Array>>;
class Columns implements Sums {
  readonly capacity: number;
  readonly keys: Float64Array;
  /** How many parts hold the pair. */
  readonly holders: Float64Array;
  readonly amountHigh: Float64Array;
  readonly amountLow: Float64Array;
  readonly succeeded: Float64Array;
  readonly declined: Float64Array;
  readonly failed: Float64Array;
  readonly unknown: Float64Array;
  readonly endedHigh: Float64Array;
  readonly endedLow: Float64Array;
  readonly endedPayments: Float64Array;
  readonly beforeHigh: Float64Array;
  readonly beforeLow: Float64Array;
  readonly beforePayments: Float64Array;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.keys = new Float64Array(capacity);
    this.holders = new Float64Array(capacity);
    this.amountHigh = new Float64Array(capacity);
    this.amountLow = new Float64Array(capacity);
    this.succeeded = new Float64Array(capacity);
    this.declined = new Float64Array(capacity);
    this.failed = new Float64Array(capacity);
    this.unknown = new Float64Array(capacity);
    this.endedHigh = new Float64Array(capacity);
    this.endedLow = new Float64Array(capacity);
    this.endedPayments = new Float64Array(capacity);
    this.beforeHigh = new Float64Array(capacity);
    this.beforeLow = new Float64Array(capacity);
    this.beforePayments = new Float64Array(capacity);
  }

  grown(): Columns {
    const larger = new Columns(this.capacity * 2);
    for (const sum of SUMS) larger[sum].set(this[sum]);
    return larger;
  }

  only(places: readonly number[]): Columns {
    const fewer = new Columns(Math.max(1_024, places.length));
    for (const sum of SUMS) for (const [to, from] of places.entries()) fewer[sum][to] = this[sum][from] as number;
    return fewer;
  }

  /** Adds, or takes away, one pair of a part. Returns how many parts hold the pair now. */
  add(place: number, period: FlowPeriod, compared: boolean, sums: PairSums, i: number, times: 1 | -1): number {
    const high = times * (sums.amountHigh[i] as number);
    const low = times * (sums.amountLow[i] as number);
    const succeeded = times * (sums.succeeded[i] as number);
    const declined = times * (sums.declined[i] as number);
    const failed = times * (sums.failed[i] as number);
    const unknown = times * (sums.unknown[i] as number);
    const payments = succeeded + declined + failed + unknown;
    if (period === 'before') {
      add(this.beforeHigh, place, high);
      add(this.beforeLow, place, low);
      add(this.beforePayments, place, payments);
    } else {
      add(this.amountHigh, place, high);
      add(this.amountLow, place, low);
      add(this.succeeded, place, succeeded);
      add(this.declined, place, declined);
      add(this.failed, place, failed);
      add(this.unknown, place, unknown);
      if (period === 'ended' && compared) {
        add(this.endedHigh, place, high);
        add(this.endedLow, place, low);
        add(this.endedPayments, place, payments);
      }
    }
    add(this.holders, place, times);
    return this.holders[place] as number;
  }

  flow(place: number): PairFlow {
    const key = this.keys[place] as number;
    const payerId = Math.floor(key / PAYEES);
    return {
      payerId,
      payeeId: key - payerId * PAYEES,
      amount: amountOf(this.amountHigh[place] as number, this.amountLow[place] as number),
      succeeded: countOf(this.succeeded[place] as number),
      declined: countOf(this.declined[place] as number),
      failed: countOf(this.failed[place] as number),
      unknown: countOf(this.unknown[place] as number),
      endedAmount: amountOf(this.endedHigh[place] as number, this.endedLow[place] as number),
      endedPayments: countOf(this.endedPayments[place] as number),
      beforeAmount: amountOf(this.beforeHigh[place] as number, this.beforeLow[place] as number),
      beforePayments: countOf(this.beforePayments[place] as number),
    };
  }
}

type Total = { high: number; low: number };

function addTo(totals: Map<number, Total>, id: number, sums: PairSums, i: number, times: 1 | -1): void {
  let total = totals.get(id);
  if (!total) {
    total = { high: 0, low: 0 };
    totals.set(id, total);
  }
  total.high += times * (sums.amountHigh[i] as number);
  total.low += times * (sums.amountLow[i] as number);
  // Carried over at once: the low parts of all pairs may be more than a double holds.
  const carried = Math.floor(total.low / AMOUNT_UNIT);
  total.high += carried;
  total.low -= carried * AMOUNT_UNIT;
}

function add(column: Float64Array, place: number, addend: number): void {
  column[place] = (column[place] as number) + addend;
}

// Most counts are small, and one big integer can be everybody's.
const SMALL = Array.from({ length: 256 }, (_, n) => BigInt(n));

function countOf(count: number): bigint {
  return SMALL[count] ?? BigInt(count);
}

function isEqual(a: PairSums, i: number, b: PairSums, j: number): boolean {
  return (
    a.amountHigh[i] === b.amountHigh[j] &&
    a.amountLow[i] === b.amountLow[j] &&
    a.succeeded[i] === b.succeeded[j] &&
    a.declined[i] === b.declined[j] &&
    a.failed[i] === b.failed[j] &&
    a.unknown[i] === b.unknown[j]
  );
}
