import { type CellState, cellState, NESTED_MINIMUM } from '@/domain/cut-over/cell-state';
import { migratedShare } from '@/domain/cut-over/share';
import type { AgreementCoverage } from '@/server/queries/cut-over/agreement-coverage';
import type { CutOverCell } from '@/server/queries/cut-over/cut-over-cells';

/** Sums over some cells. Shares in millionths. */
export type Summary = {
  readonly cells: number;
  readonly byState: Readonly<Record<CellState, number>>;
  readonly clearedCount: bigint;
  readonly clearedMinor: bigint;
  readonly residualCount: bigint;
  readonly residualMinor: bigint;
  readonly nestedCount: bigint;
  readonly nestedCells: number;
  readonly directCount: bigint;
  readonly shareByCount: number | null;
  readonly shareByValue: number | null;
  readonly used: number;
  readonly covered: number;
};

export function summaryOf(cells: readonly CutOverCell[], coverage: readonly AgreementCoverage[], minimumDays: number): Summary {
  const byState: Record<CellState, number> = { direct: 0, unproven: 0, settling: 0, zero: 0 };
  for (const cell of cells) byState[cellState(cell, minimumDays)] += 1;
  const sum = (of: (cell: CutOverCell) => bigint) => cells.reduce((total, cell) => total + of(cell), 0n);
  const clearedCount = sum((cell) => cell.clearedCount);
  const clearedMinor = sum((cell) => cell.clearedMinor);
  const residualCount = sum((cell) => cell.residualCount);
  const residualMinor = sum((cell) => cell.residualMinor);
  return {
    cells: cells.length,
    byState,
    clearedCount,
    clearedMinor,
    residualCount,
    residualMinor,
    nestedCount: sum((cell) => cell.nestedCount),
    nestedCells: cells.filter((cell) => cell.nestedCount >= NESTED_MINIMUM).length,
    directCount: sum((cell) => cell.directCount),
    shareByCount: migratedShare(clearedCount, residualCount),
    shareByValue: migratedShare(clearedMinor, residualMinor),
    used: coverage.reduce((total, one) => total + one.used, 0),
    covered: coverage.reduce((total, one) => total + one.covered, 0),
  };
}

/** Groups in the order in which they first appear. */
export function groupedBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const out = new Map<K, T[]>();
  for (const item of items) {
    const held = out.get(keyOf(item));
    if (held) held.push(item);
    else out.set(keyOf(item), [item]);
  }
  return out;
}

/** Worst first: what people must act on, then by how much went directly, then by size. */
export function worstFirst(a: Summary, b: Summary): number {
  const weight = ({ byState }: Summary) => (byState.direct > 0 ? 2 : byState.unproven > 0 ? 1 : 0);
  return weight(b) - weight(a) || compare(b.residualCount, a.residualCount) || compare(b.clearedCount, a.clearedCount);
}

export function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
