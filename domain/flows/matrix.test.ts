import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePlaces, decodeWholes, encodePlaces, encodeWholes } from './cell-wire';
import { matrixOf, NO_FLOW } from './matrix';
import type { PairFlow } from './pair-flow';

const flow = (payerId: number, payeeId: number, amount: bigint): PairFlow => ({ ...NO_FLOW, payerId, payeeId, amount, succeeded: 1n });

const flows = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.bigInt({ min: 0n, max: 10n ** 19n })), {
    selector: ([a, b]) => a * 100 + b,
    minLength: 1,
    maxLength: 300,
  })
  .map((pairs) => pairs.map(([a, b, amount]) => flow(a, b, amount)));

describe('the matrix', () => {
  it('adds up to the flows in its cells, rows and columns, however many lines are folded', () => {
    fc.assert(
      fc.property(flows, fc.integer({ min: 2, max: 45 }), (given, limit) => {
        const matrix = matrixOf(given, limit);
        const total = given.reduce((sum, one) => sum + one.amount, 0n);
        const sum = (lines: readonly { amount: bigint }[]) => lines.reduce((a, b) => a + b.amount, 0n);
        expect([sum(matrix.cells), sum(matrix.rows), sum(matrix.columns), matrix.total.amount]).toEqual([total, total, total, total]);
        expect(matrix.rows.length).toBeLessThanOrEqual(limit);
        expect(matrix.rows.reduce((n, row) => n + row.members, 0)).toBe(new Set(given.map((one) => one.payerId)).size);
      }),
    );
  });

  it('says how many institutions its last line holds at three thousand of them', () => {
    const matrix = matrixOf(
      Array.from({ length: 3000 }, (_, i) => flow(i + 1, 3000 - i, BigInt(i + 1))),
      480,
    );
    expect(matrix.rows).toHaveLength(480);
    expect(matrix.rows.at(-1)).toMatchObject({ institutionId: null, members: 2521 });
  });

  it('adds every figure of what it folds', () => {
    const one = { ...NO_FLOW, amount: 1n, succeeded: 2n, declined: 3n, failed: 4n, unknown: 5n, endedAmount: 6n, beforeAmount: 7n };
    const given = [1, 2, 3].map((payerId) => ({ ...one, payerId, payeeId: 9 }));
    expect(matrixOf(given, 2).rows.at(-1)).toMatchObject({
      members: 2,
      amount: 2n,
      succeeded: 4n,
      declined: 6n,
      failed: 8n,
      unknown: 10n,
      endedAmount: 12n,
      beforeAmount: 14n,
    });
  });
});

describe('cells on the wire', () => {
  it('arrive where they were and to the last minor unit, beyond what a double holds', () => {
    fc.assert(
      fc.property(flows, (given) => {
        const { cells, columns } = matrixOf(given, 480);
        const places = decodePlaces(encodePlaces(cells, columns.length));
        expect([...places]).toEqual(cells.map((cell) => cell.r * columns.length + cell.c));
        const amounts = encodeWholes(cells.map((cell) => cell.amount));
        expect(decodeWholes(amounts, cells.length)).toEqual(cells.map((cell) => cell.amount));
      }),
    );
  });

  it('cross gaps longer than one byte', () => {
    const cells = [
      { r: 0, c: 5 },
      { r: 400, c: 3 },
    ];
    expect([...decodePlaces(encodePlaces(cells, 442))]).toEqual([5, 400 * 442 + 3]);
  });

  it('of 35,000 busy pairs are at most 150 KB compressed, with every amount exact', () => {
    let seed = 5;
    const random = () => {
      seed = (seed * 1_664_525 + 1_013_904_223) >>> 0;
      return seed / 2 ** 32;
    };
    const given = Array.from({ length: 35_000 }, (_, i) =>
      flow(Math.floor(i / 350) + 1, (i % 350) + 1, BigInt(Math.floor(10 ** (6 + 3 * random())))),
    );
    const { cells, columns } = matrixOf(given, 480);
    const sent = JSON.stringify([encodePlaces(cells, columns.length), encodeWholes(cells.map((cell) => cell.amount))]);
    expect(gzipSync(sent).length).toBeLessThanOrEqual(150 * 1024);
  });

  it('refuse a list that has lost a value', () => {
    expect(() => decodeWholes('1,2', 3)).toThrow('2 values for 3 cells');
  });
});
