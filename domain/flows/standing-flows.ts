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
  readonly #cells = new Map<number, Cell>();
  readonly #touched = new Set<Cell>();
  #parts: ReadonlyMap<string, FlowPart> = new Map();
  #flows: PairFlow[] = [];

  /** Without a comparison nothing is said of ended hours. */
  constructor({ compared }: { compared: boolean }) {
    this.#compared = compared;
  }

  /** The flows of exactly these parts; a part keeps its period under its name. What was returned before stays as it was. */
  move(parts: ReadonlyMap<string, FlowPart>): readonly PairFlow[] {
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
    const key = sums.keys[i] as number;
    let cell = this.#cells.get(key);
    if (!cell) {
      cell = emptyCell(key);
      this.#cells.set(key, cell);
    }
    this.#touched.add(cell);
    cell.parts += times;
    const amount = times === 1 ? (sums.amounts[i] as bigint) : -(sums.amounts[i] as bigint);
    const succeeded = times * (sums.succeeded[i] as number);
    const declined = times * (sums.declined[i] as number);
    const failed = times * (sums.failed[i] as number);
    const unknown = times * (sums.unknown[i] as number);
    const payments = succeeded + declined + failed + unknown;
    if (period === 'before') {
      cell.beforeAmount += amount;
      cell.beforePayments += payments;
      return;
    }
    cell.amount += amount;
    cell.succeeded += succeeded;
    cell.declined += declined;
    cell.failed += failed;
    cell.unknown += unknown;
    if (period === 'open' || !this.#compared) return;
    cell.endedAmount += amount;
    cell.endedPayments += payments;
  }

  #settled(): readonly PairFlow[] {
    if (this.#touched.size === 0) return this.#flows;
    const flows = this.#flows.slice();
    for (const cell of this.#touched) {
      if (cell.parts > 0) {
        if (cell.place < 0) cell.place = flows.length;
        flows[cell.place] = flowOf(cell);
        continue;
      }
      this.#cells.delete(cell.key);
      if (cell.place < 0) continue;
      // The last one moves into the gap.
      const last = flows.pop() as PairFlow;
      if (cell.place === flows.length) continue;
      flows[cell.place] = last;
      (this.#cells.get(pairKey(last.payerId, last.payeeId)) as Cell).place = cell.place;
    }
    this.#touched.clear();
    this.#flows = flows;
    return flows;
  }
}

type Cell = ReturnType<typeof emptyCell>;

function emptyCell(key: number) {
  return {
    key,
    /** Parts that hold the pair: with none it is no flow. */
    parts: 0,
    /** Where it stands among the flows; −1 while nowhere. */
    place: -1,
    amount: 0n,
    succeeded: 0,
    declined: 0,
    failed: 0,
    unknown: 0,
    endedAmount: 0n,
    endedPayments: 0,
    beforeAmount: 0n,
    beforePayments: 0,
  };
}

function flowOf(cell: Cell): PairFlow {
  return {
    ...sidesOfKey(cell.key),
    amount: cell.amount,
    succeeded: BigInt(cell.succeeded),
    declined: BigInt(cell.declined),
    failed: BigInt(cell.failed),
    unknown: BigInt(cell.unknown),
    endedAmount: cell.endedAmount,
    endedPayments: BigInt(cell.endedPayments),
    beforeAmount: cell.beforeAmount,
    beforePayments: BigInt(cell.beforePayments),
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
