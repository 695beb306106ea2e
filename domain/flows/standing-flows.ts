import type { PairFlow } from './pair-flow';
import { type PairSums, pairKey, sidesOfKey } from './pair-sums';

/** ended: hours of the range that are over. open: its hour still filling. before: the span compared with. */
export type FlowPeriod = 'ended' | 'open' | 'before';
export type FlowPart = { readonly period: FlowPeriod; readonly sums: PairSums };

/**
 * Flows that are the sum of parts, kept so that a changed part costs what changed in it and not what there is. Sums of whole numbers are
 * undone exactly, so that any sequence of changes ends where adding up anew would.
 */
export class StandingFlows {
  readonly #compared: boolean;
  /** Where a pair stands among the flows, and how many parts hold it. */
  readonly #places = new Map<number, number>();
  #holders: number[] = [];
  #parts: ReadonlyMap<string, FlowPart> = new Map();
  #flows: readonly PairFlow[] = [];
  /** While moving: the flows to be, and those of them that are no longer shared with what was handed out. */
  #next: PairFlow[] = [];
  readonly #touched = new Map<number, Mutable>();

  /** Without a comparison nothing is said of ended hours. */
  constructor({ compared }: { compared: boolean }) {
    this.#compared = compared;
  }

  /** How many pairs there are. */
  get size(): number {
    return this.#flows.length;
  }

  /** The flows of exactly these parts; a part keeps its period under its name. What was returned before stays as it was. */
  move(parts: ReadonlyMap<string, FlowPart>): readonly PairFlow[] {
    this.#next = this.#flows.slice();
    for (const [name, part] of parts) {
      const old = this.#parts.get(name);
      if (old?.sums === part.sums) continue;
      if (old) this.#replace(part.period, old.sums, part.sums);
      else part.sums.keys.forEach((_, i) => void this.#add(part.period, part.sums, i, 1));
    }
    for (const [name, { period, sums }] of this.#parts)
      if (!parts.has(name)) sums.keys.forEach((_, i) => void this.#add(period, sums, i, -1));
    this.#parts = parts;
    return this.#settled();
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
      // First what is new: a pair that stays never falls to no part at all.
      if (is <= was) this.#add(period, now, j++, 1);
      if (was <= is) this.#add(period, old, i++, -1);
    }
  }

  #add(period: FlowPeriod, sums: PairSums, i: number, times: 1 | -1): void {
    const flow = this.#touch(sums.keys[i] as number, times);
    const amount = times === 1 ? (sums.amounts[i] as bigint) : -(sums.amounts[i] as bigint);
    const counts = COUNTS.map((count) => times * (sums[count][i] as number));
    const payments = BigInt(counts.reduce((sum, count) => sum + count, 0));
    if (period === 'before') {
      flow.beforeAmount += amount;
      flow.beforePayments += payments;
      return;
    }
    flow.amount += amount;
    // A nought that stays one is everybody's: most pairs have three.
    COUNTS.forEach((count, n) => {
      if (counts[n] !== 0) flow[count] += BigInt(counts[n] as number);
    });
    if (period === 'open' || !this.#compared) return;
    flow.endedAmount += amount;
    flow.endedPayments += payments;
  }

  #touch(key: number, times: 1 | -1): Mutable {
    let place = this.#places.get(key);
    if (place === undefined) {
      place = this.#next.length;
      this.#places.set(key, place);
      this.#holders[place] = 0;
    }
    this.#holders[place] = (this.#holders[place] as number) + times;
    let flow = this.#touched.get(key);
    if (!flow) {
      flow = place < this.#next.length ? { ...(this.#next[place] as PairFlow) } : noFlow(key);
      this.#next[place] = flow;
      this.#touched.set(key, flow);
    }
    return flow;
  }

  #settled(): readonly PairFlow[] {
    const flows = this.#next;
    for (const key of this.#touched.keys()) {
      const place = this.#places.get(key) as number;
      if ((this.#holders[place] as number) > 0) continue;
      // No part holds the pair any more: the last one moves into its place.
      this.#places.delete(key);
      const last = flows.pop() as PairFlow;
      const holders = this.#holders.pop() as number;
      if (place === flows.length) continue;
      flows[place] = last;
      this.#holders[place] = holders;
      this.#places.set(pairKey(last.payerId, last.payeeId), place);
    }
    if (this.#touched.size > 0) this.#flows = flows;
    this.#touched.clear();
    this.#next = [];
    return this.#flows;
  }
}

type Mutable = { -readonly [K in keyof PairFlow]: PairFlow[K] };

const COUNTS = ['succeeded', 'declined', 'failed', 'unknown'] as const;

function noFlow(key: number): Mutable {
  return {
    ...sidesOfKey(key),
    amount: 0n,
    succeeded: 0n,
    declined: 0n,
    failed: 0n,
    unknown: 0n,
    endedAmount: 0n,
    endedPayments: 0n,
    beforeAmount: 0n,
    beforePayments: 0n,
  };
}

function isEqual(a: PairSums, i: number, b: PairSums, j: number): boolean {
  return (
    a.amounts[i] === b.amounts[j] &&
    a.succeeded[i] === b.succeeded[j] &&
    a.declined[i] === b.declined[j] &&
    a.failed[i] === b.failed[j] &&
    a.unknown[i] === b.unknown[j]
  );
}
