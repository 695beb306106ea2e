import { changeOf } from './change';

/** Orders of a matrix edge. The order is the axis: its ticks are ranks. */
export const SORTS = ['amount', 'change', 'type', 'name'] as const;
export type Sort = (typeof SORTS)[number];

export type SortableLine = {
  readonly name: string;
  /** Place of the institution's category in the order that screens list them. */
  readonly category: number;
  readonly amount: bigint;
  readonly endedAmount: bigint;
  readonly beforeAmount: bigint;
  /** The line of all institutions beyond the limit: always last. */
  readonly folded: boolean;
};

/** Indices of `lines` in the wanted order. Ties keep the order of amount; what cannot be compared comes after what can. */
export function lineOrder(lines: readonly SortableLine[], sort: Sort, collator: Pick<Intl.Collator, 'compare'>): number[] {
  const byAmount = (a: number, b: number) => compare(lines[b]?.amount ?? 0n, lines[a]?.amount ?? 0n) || a - b;
  const changes = lines.map((line) => changeOf(line.endedAmount, line.beforeAmount));
  const by: Record<Sort, (a: number, b: number) => number> = {
    amount: byAmount,
    change: (a, b) => compare(changes[b] ?? Number.NEGATIVE_INFINITY, changes[a] ?? Number.NEGATIVE_INFINITY),
    type: (a, b) => (lines[a]?.category ?? 0) - (lines[b]?.category ?? 0),
    name: (a, b) => collator.compare(lines[a]?.name ?? '', lines[b]?.name ?? ''),
  };
  return lines
    .map((_, index) => index)
    .sort((a, b) => Number(lines[a]?.folded) - Number(lines[b]?.folded) || by[sort](a, b) || byAmount(a, b));
}

function compare<T extends bigint | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
