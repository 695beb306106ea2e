import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { businessDay, startOfBusinessDay } from '../time-range';
import { pairPieces } from './pair-pieces';
import { type PairSums, pairKey, pairSums } from './pair-sums';
import { type FlowPart, StandingFlows } from './standing-flows';

const HOUR = 3_600_000;
const start = Date.parse('2026-08-01T00:00:00Z');

describe('pieces', () => {
  it('cover whole hours without gap or overlap, and those by the day are whole business days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 2300 }), (first, hours) => {
        const range = { from: new Date(start + first * HOUR), to: new Date(start + (first + hours) * HOUR) };
        const pieces = pairPieces(range);
        expect(pieces[0]?.range.from).toEqual(range.from);
        expect(pieces.at(-1)?.range.to).toEqual(range.to);
        pieces.slice(1).forEach((piece, i) => {
          expect(piece.range.from).toEqual(pieces[i]?.range.to);
        });
        for (const { tier, range: of } of pieces)
          if (tier === 'day') expect([startOfBusinessDay(of.from), startOfBusinessDay(of.to)]).toEqual([of.from, of.to]);
        expect(new Set(pieces.map(({ name }) => name)).size).toBe(pieces.length);
      }),
    );
  });

  it('of ninety days are few, and most of them are the same an hour later', () => {
    const to = Date.parse('2026-11-23T10:00:00Z');
    const names = (at: number) => pairPieces({ from: new Date(at - 90 * 24 * HOUR), to: new Date(at) }).map(({ name }) => name);
    const [now, later] = [names(to), new Set(names(to + HOUR))];
    expect(now.length).toBeLessThan(45);
    expect(now.filter((name) => !later.has(name)).length).toBeLessThanOrEqual(2);
    expect(businessDay(new Date(to))).toBe('2026-11-23');
  });
});

const sums: fc.Arbitrary<PairSums> = fc
  .uniqueArray(
    fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.bigInt({ min: 0n, max: 2n ** 62n }), fc.nat(9)),
    {
      selector: ([payer, payee]) => `${payer} ${payee}`,
    },
  )
  .map((rows) => rows.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]))
  .map((rows) =>
    pairSums(
      rows.map(([payer, payee, amount, succeeded]) => ({
        key: pairKey(payer, payee),
        amount,
        succeeded,
        declined: 1,
        failed: 2,
        unknown: 3,
      })),
    ),
  );
const parts = fc
  .array(fc.tuple(fc.constantFrom('ended', 'open', 'before'), fc.nat(3), sums))
  .map((list) => new Map(list.map(([period, n, of]) => [`${period} ${n}`, { period, sums: of } as FlowPart])));

describe('standing flows', () => {
  it('are after any changes what adding up anew gives, and what was handed out before stays as it was', () => {
    fc.assert(
      fc.property(fc.array(parts, { minLength: 1, maxLength: 6 }), fc.boolean(), (moves, compared) => {
        const standing = new StandingFlows({ compared });
        const byPair = (flows: ReturnType<StandingFlows['move']>) =>
          new Map(flows.map((flow) => [`${flow.payerId} ${flow.payeeId}`, flow]));
        const anew = (of: ReadonlyMap<string, FlowPart>) => byPair(new StandingFlows({ compared }).move(of));
        const handedOut = moves.map((move) => standing.move(move));
        handedOut.forEach((flows, i) => {
          expect(byPair(flows)).toEqual(anew(moves[i] as (typeof moves)[number]));
          expect(byPair(flows).size).toBe(flows.length);
        });
      }),
    );
  });
});
