import type { InstitutionKind } from './axes';
import { type CellPlaces, decodePlaces, decodeWholes, encodePlaces, encodeWholes } from './cell-wire';
import type { Matrix, MatrixLine } from './matrix';

/** A row or column as it crosses to the browser; amounts and counts are decimal strings. */
export type LineWire = {
  /** Null for the line of everything beyond the limit. */
  readonly code: string | null;
  readonly name: string;
  readonly short: string;
  readonly kind: InstitutionKind | null;
  /** Place of the institution's category in the order that screens list them. */
  readonly category: number;
  readonly members: number;
  readonly amount: string;
  /** Succeeded payments: what the amount adds up. */
  readonly payments: string;
  readonly endedAmount: string;
  readonly beforeAmount: string;
};

/** What the first picture needs: names, edges and the exact amount of every cell. */
export type MatrixWire = {
  readonly rows: readonly LineWire[];
  readonly columns: readonly LineWire[];
  readonly places: CellPlaces;
  readonly amounts: string;
};

/** What follows: counts and the earlier span, cell by cell. It names its own lines, for the data may have moved in between. */
export type MatrixDetailWire = {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly places: CellPlaces;
  readonly succeeded: string;
  readonly refused: string;
  readonly unknown: string;
  readonly open: string;
  readonly before: string;
};

/** Counts and the earlier span of one cell. `refused` is declined and failed. */
export type CellDetail = {
  readonly succeeded: bigint;
  readonly refused: bigint;
  readonly unknown: bigint;
  /** Part of the amount in the hour that is still filling, which no comparison counts. */
  readonly open: bigint;
  readonly before: bigint;
};

export type NamedLine = Pick<LineWire, 'code' | 'name' | 'short' | 'kind' | 'category'>;

export function matrixWire(matrix: Matrix, naming: (line: MatrixLine) => NamedLine): MatrixWire {
  const line = (one: MatrixLine): LineWire => ({
    ...naming(one),
    members: one.members,
    amount: one.amount.toString(),
    payments: one.succeeded.toString(),
    endedAmount: one.endedAmount.toString(),
    beforeAmount: one.beforeAmount.toString(),
  });
  return {
    rows: matrix.rows.map(line),
    columns: matrix.columns.map(line),
    places: encodePlaces(matrix.cells, matrix.columns.length),
    amounts: encodeWholes(matrix.cells.map((cell) => cell.amount)),
  };
}

export function matrixDetailWire(matrix: Matrix, codeOf: (line: MatrixLine) => string): MatrixDetailWire {
  const { cells } = matrix;
  return {
    rows: matrix.rows.map(codeOf),
    columns: matrix.columns.map(codeOf),
    places: encodePlaces(cells, matrix.columns.length),
    succeeded: encodeWholes(cells.map((cell) => cell.succeeded)),
    refused: encodeWholes(cells.map((cell) => cell.declined + cell.failed)),
    unknown: encodeWholes(cells.map((cell) => cell.unknown)),
    open: encodeWholes(cells.map((cell) => cell.amount - cell.endedAmount)),
    before: encodeWholes(cells.map((cell) => cell.beforeAmount)),
  };
}

/** Stands for the folded line's code on the wire; no institution's code may look like it. */
export const FOLDED = '*';

/** A detail for each of the matrix's cells, by payer and payee; null where the detail does not know the cell yet. */
export function detailOfCells(wire: MatrixWire, places: Int32Array, detail: MatrixDetailWire): readonly (CellDetail | null)[] {
  const rowOf = new Map(detail.rows.map((code, i) => [code, i]));
  const columnOf = new Map(detail.columns.map((code, i) => [code, i]));
  const rows = wire.rows.map((line) => rowOf.get(line.code ?? FOLDED) ?? -1);
  const columns = wire.columns.map((line) => columnOf.get(line.code ?? FOLDED) ?? -1);
  const theirs = decodePlaces(detail.places);
  const indexOf = new Map<number, number>();
  theirs.forEach((place, i) => {
    indexOf.set(place, i);
  });
  const [succeeded, refused, unknown, open, before] = [detail.succeeded, detail.refused, detail.unknown, detail.open, detail.before].map(
    (text) => decodeWholes(text, theirs.length),
  ) as [bigint[], bigint[], bigint[], bigint[], bigint[]];
  const width = wire.columns.length;
  return Array.from(places, (place) => {
    const r = rows[Math.floor(place / width)] ?? -1;
    const c = columns[place % width] ?? -1;
    const i = r < 0 || c < 0 ? undefined : indexOf.get(r * detail.columns.length + c);
    if (i === undefined) return null;
    return {
      succeeded: succeeded[i] as bigint,
      refused: refused[i] as bigint,
      unknown: unknown[i] as bigint,
      open: open[i] as bigint,
      before: before[i] as bigint,
    };
  });
}
