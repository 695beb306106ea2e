import { describe, expect, it } from 'vitest';
import { matrixOf, NO_FLOW } from './matrix';
import { decodeMatrix, selectionFigures } from './matrix-model';
import { detailOfCells, matrixDetailWire, matrixWire } from './matrix-wire';

const flows = [
  { ...NO_FLOW, payerId: 1, payeeId: 2, amount: 900n, succeeded: 3n, declined: 1n, unknown: 1n },
  { ...NO_FLOW, payerId: 1, payeeId: 3, amount: 100n, succeeded: 1n },
  // Asked for and refused: no payment, though an attempt.
  { ...NO_FLOW, payerId: 4, payeeId: 2, failed: 2n },
];

describe('what a selection adds up to', () => {
  const matrix = matrixOf(flows, 10);
  const code = ({ institutionId }: { institutionId: number | null }) => `I${institutionId}`;
  const wire = matrixWire(matrix, (line) => ({ code: code(line), name: code(line), short: code(line), kind: 'bank', category: 0 }));
  const model = decodeMatrix(wire);
  const details = detailOfCells(wire, model.places, matrixDetailWire(matrix, code));
  const order = { rows: model.rows.map((_, i) => i), columns: model.columns.map((_, i) => i) };

  it('is an amount and the count of the very payments that make it, with every attempt apart', () => {
    const figures = selectionFigures(model, order, { selection: undefined, details });
    expect(figures).toMatchObject({ amount: 1000n, payments: 4n, attempts: 8n, present: 2 });
    expect(model.rows.map((row) => row.payments)).toEqual([4n, 0n]);
  });

  it('counts pairs that paid, the same before the details are there as after', () => {
    expect(selectionFigures(model, order, { selection: undefined, details: undefined }).present).toBe(2);
  });
});
