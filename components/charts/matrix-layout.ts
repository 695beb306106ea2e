import type { Cell } from '@/domain/flows/selection';

/** Where the matrix lies on its canvas, in CSS pixels. */
export type MatrixLayout = {
  readonly width: number;
  readonly height: number;
  readonly rows: number;
  readonly columns: number;
  readonly left: number;
  readonly top: number;
  readonly plotWidth: number;
  readonly plotHeight: number;
  /** Room for the payer marginal at the right and for the payee marginal above. */
  readonly rowBar: number;
  readonly columnBar: number;
  readonly narrow: boolean;
};

const NARROW_PX = 560;

export function matrixLayout({
  width,
  height,
  rows,
  columns,
}: {
  width: number;
  height: number;
  rows: number;
  columns: number;
}): MatrixLayout {
  const narrow = width < NARROW_PX;
  const left = narrow ? 40 : 94;
  const right = narrow ? 40 : 92;
  const top = narrow ? 62 : 78;
  return {
    width,
    height,
    rows,
    columns,
    left,
    top,
    plotWidth: Math.max(1, width - left - right),
    plotHeight: Math.max(1, height - top - 30),
    rowBar: right - (narrow ? 14 : 32),
    columnBar: narrow ? 24 : 34,
    narrow,
  };
}

/** Left edge of a column, on a whole pixel so that neighbours meet. */
export function xOf({ left, plotWidth, columns }: MatrixLayout, column: number): number {
  return Math.round(left + (column * plotWidth) / columns);
}

export function yOf({ top, plotHeight, rows }: MatrixLayout, row: number): number {
  return Math.round(top + (row * plotHeight) / rows);
}

/** The cell under a point of the canvas; undefined outside the plot unless `clamped`, which gives the nearest. */
export function cellAt(layout: MatrixLayout, { x, y }: { x: number; y: number }, clamped = false): Cell | undefined {
  const c = Math.floor(((x - layout.left) / layout.plotWidth) * layout.columns);
  const r = Math.floor(((y - layout.top) / layout.plotHeight) * layout.rows);
  const inside = r >= 0 && c >= 0 && r < layout.rows && c < layout.columns;
  if (!inside && !clamped) return undefined;
  return { r: Math.max(0, Math.min(layout.rows - 1, r)), c: Math.max(0, Math.min(layout.columns - 1, c)) };
}

/** Ranks that an edge of `count` lines over `pixels` can label at least `apart` from each other; always the last. */
export function tickRanks(count: number, pixels: number, apart: number): readonly number[] {
  if (count === 0) return [];
  const ranks = [count];
  for (const rank of [1, 2, 3, 5, 10, 25, 50, 75, 100, 150, 200, 250, 300, 350, 400, 450].reverse()) {
    const next = ranks[0] as number;
    // The last label ends at its tick instead of standing over it, and takes the more room.
    const room = next === count ? apart * (apart > 40 ? 1.45 : 1) : apart;
    if (rank < count && ((next - rank) * pixels) / count >= room) ranks.unshift(rank);
  }
  // The first tick needs room above it too.
  return ranks.filter((rank) => (rank * pixels) / count >= apart * 0.5 || rank === count);
}
