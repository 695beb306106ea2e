import { shareOf } from '../money';
import { decodePlaces, decodeWholes } from './cell-wire';
import { changeOf } from './change';
import { hhi } from './concentration';
import type { SortableLine } from './line-order';
import type { CellDetail, LineWire, MatrixWire } from './matrix-wire';
import { type Cell, cellsOf, type Selection } from './selection';

export type ModelLine = Omit<LineWire, 'amount' | 'payments' | 'endedAmount' | 'beforeAmount'> &
  SortableLine & { readonly payments: bigint };

/** A matrix as the browser holds it. Cell figures are by index, in reading order of the wire's own lines. */
export type MatrixModel = {
  readonly rows: readonly ModelLine[];
  readonly columns: readonly ModelLine[];
  readonly places: Int32Array;
  readonly amounts: readonly bigint[];
  /** Index of the cell at row × columns + column, −1 where nothing was paid. */
  readonly indexAt: Int32Array;
};

/** Lines of each edge in the order shown. */
export type MatrixOrder = { readonly rows: readonly number[]; readonly columns: readonly number[] };

export type SelectionFigures = {
  readonly cells: number;
  /** Cells in which a payment succeeded: pairs that paid. */
  readonly present: number;
  readonly amount: bigint;
  /** Share of the whole matrix, 0 to 1; null where the whole is zero. */
  readonly share: number | null;
  readonly hhi: number | null;
  /** Succeeded payments, whose sum the amount is; undefined until the details are there. */
  readonly payments: bigint | undefined;
  /** Every payment asked for, whatever became of it. */
  readonly attempts: bigint | undefined;
  readonly change: number | null | undefined;
  /** Cell indices by falling amount. */
  readonly ranked: readonly number[];
};

/** `mapped: false` leaves `indexAt` empty: a list of pairs needs no map of three thousand by three thousand. */
export function decodeMatrix(wire: MatrixWire, { mapped = true } = {}): MatrixModel {
  const places = decodePlaces(wire.places);
  const indexAt = new Int32Array(mapped ? wire.rows.length * wire.columns.length : 0).fill(-1);
  if (mapped)
    places.forEach((place, index) => {
      indexAt[place] = index;
    });
  return {
    rows: wire.rows.map(lineOf),
    columns: wire.columns.map(lineOf),
    places,
    amounts: decodeWholes(wire.amounts, places.length),
    indexAt,
  };
}

/** The cell shown at a rank of each edge, −1 where nothing was paid. */
export function cellIndex(model: MatrixModel, order: MatrixOrder, { r, c }: Cell): number {
  return model.indexAt[(order.rows[r] as number) * model.columns.length + (order.columns[c] as number)] as number;
}

/** The lines a cell lies on. */
export function linesOfCell(model: MatrixModel, index: number): { readonly payer: ModelLine; readonly payee: ModelLine } {
  const place = model.places[index] as number;
  const width = model.columns.length;
  return { payer: model.rows[Math.floor(place / width)] as ModelLine, payee: model.columns[place % width] as ModelLine };
}

/** What a selection, or without one the whole matrix, adds up to: exact sums of whole minor units. */
export function selectionFigures(
  model: MatrixModel,
  order: MatrixOrder,
  { selection, details }: { selection: Selection | undefined; details: readonly (CellDetail | null)[] | undefined },
): SelectionFigures {
  const block = selection ?? { r0: 0, r1: order.rows.length - 1, c0: 0, c1: order.columns.length - 1 };
  const indices: number[] = [];
  for (let r = block.r0; r <= block.r1; r++)
    for (let c = block.c0; c <= block.c1; c++) {
      const index = cellIndex(model, order, { r, c });
      if (index >= 0) indices.push(index);
    }
  const amountOf = (index: number) => model.amounts[index] as bigint;
  const amount = indices.reduce((sum, index) => sum + amountOf(index), 0n);
  const whole = model.rows.reduce((sum, row) => sum + row.amount, 0n);
  const paid = indices.filter((index) => amountOf(index) > 0n);
  const ranked = [...paid].sort((a, b) => (amountOf(a) < amountOf(b) ? 1 : amountOf(a) > amountOf(b) ? -1 : a - b));
  return {
    cells: model.rows.length === 0 ? 0 : cellsOf(block),
    present: paid.length,
    amount,
    share: whole === 0n ? null : shareOf(amount, whole),
    hhi: hhi(ranked.map(amountOf)),
    ranked,
    ...compared(model, indices, details),
  };
}

/** Every payment asked for in a cell, whatever became of it. */
export function cellAttempts({ succeeded, refused, unknown }: CellDetail): bigint {
  return succeeded + refused + unknown;
}

/** Change of one cell's amount over the hours that have ended. */
export function cellChange(amount: bigint, detail: CellDetail): number | null {
  return changeOf(amount - detail.open, detail.before);
}

function compared(model: MatrixModel, indices: readonly number[], details: readonly (CellDetail | null)[] | undefined) {
  if (!details) return { payments: undefined, attempts: undefined, change: undefined };
  let payments = 0n;
  let attempts = 0n;
  let ended = 0n;
  let before = 0n;
  for (const index of indices) {
    const detail = details[index];
    if (!detail) continue;
    payments += detail.succeeded;
    attempts += cellAttempts(detail);
    ended += (model.amounts[index] as bigint) - detail.open;
    before += detail.before;
  }
  return { payments, attempts, change: changeOf(ended, before) };
}

function lineOf(line: LineWire): ModelLine {
  return {
    ...line,
    amount: BigInt(line.amount),
    payments: BigInt(line.payments),
    endedAmount: BigInt(line.endedAmount),
    beforeAmount: BigInt(line.beforeAmount),
    folded: line.code === null,
  };
}
