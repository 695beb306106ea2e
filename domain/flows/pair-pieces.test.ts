import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { businessDay, startOfBusinessDay } from '../time-range';
import type { PairFlow } from './pair-flow';
import { pairPieces } from './pair-pieces';
import { amountOf, type PairSums, pairKey, pairSums } from './pair-sums';
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

type Listed = { payer: number; payee: number; amount: bigint; counts: readonly number[] };
const listed: fc.Arbitrary<readonly Listed[]> = fc
  .array(
    fc.record({
      payer: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constant(2 ** 26 - 1)),
      payee: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constant(2 ** 26 - 1)),
      amount: fc.oneof(fc.bigInt({ min: -9n, max: 9n }), fc.bigInt({ min: -(2n ** 58n), max: 2n ** 58n })),
      counts: fc.array(fc.nat(400), { minLength: 4, maxLength: 4 }),
    }),
    { maxLength: 12 },
  )
  .map((rows) => rows.toSorted((a, b) => a.payer - b.payer || a.payee - b.payee));

/** As the database lists them: whoever has nothing but succeeded payments says only those. */
function read(rows: readonly Listed[]): PairSums {
  return pairSums({
    keys: rows.map(({ payer, payee }) => pairKey(payer, payee)).join(','),
    amounts: rows.map(({ amount }) => amount).join(','),
    counts: rows.map(({ counts }) => (counts.slice(1).every((count) => count === 0) ? counts[0] : counts.join('/'))).join(','),
  });
}

describe('lists of pairs', () => {
  it('are read to the last minor unit, and a pair that stands several times is added up', () => {
    fc.assert(
      fc.property(listed, (rows) => {
        const sums = read(rows);
        const found = [...sums.keys].map((key, i) => ({
          key,
          amount: amountOf(sums.amountHigh[i] as number, sums.amountLow[i] as number),
          counts: [sums.succeeded[i], sums.declined[i], sums.failed[i], sums.unknown[i]],
        }));
        const keys = [...new Set(rows.map(({ payer, payee }) => pairKey(payer, payee)))];
        const mine = (key: number) => rows.filter(({ payer, payee }) => pairKey(payer, payee) === key);
        expect(found).toEqual(
          keys.map((key) => ({
            key,
            amount: mine(key).reduce((sum, { amount }) => sum + amount, 0n),
            counts: [0, 1, 2, 3].map((n) => mine(key).reduce((sum, { counts }) => sum + (counts[n] as number), 0)),
          })),
        );
      }),
    );
  });

  it('are refused where an amount is beyond what a minor unit is kept in', () => {
    const largest = 2n ** 63n - 1n;
    expect(amountOf(read([{ payer: 1, payee: 2, amount: largest, counts: [1, 0, 0, 0] }]).amountHigh[0] as number, 0xffff_ffff)).toBe(
      largest,
    );
    const twice = [largest, 1n].map((amount) => ({ payer: 1, payee: 2, amount, counts: [1, 0, 0, 0] }));
    expect(() => read(twice)).toThrow(RangeError);
  });
});

const parts = fc
  .array(fc.tuple(fc.constantFrom('ended', 'open', 'before'), fc.nat(3), listed.map(read)))
  .map((list) => new Map(list.map(([period, n, of]) => [`${period} ${n}`, { period, sums: of } as FlowPart])));

describe('standing flows', () => {
  it('are after any changes what adding up anew gives, and what was handed out before stays as it was', () => {
    fc.assert(
      fc.property(fc.array(parts, { minLength: 1, maxLength: 6 }), fc.boolean(), (moves, compared) => {
        const standing = new StandingFlows({ compared });
        const handedOut = moves.map((move) => {
          standing.move(move);
          const [flows, payers, payees] = [standing.flows(), standing.sides('payer'), standing.sides('payee')];
          expect(standing.size).toBe(flows.length);
          for (const { payerId, payeeId, amount } of flows) expect(standing.amount(payerId, payeeId)).toBe(amount);
          expect(payers).toEqual(added(flows, 'payerId'));
          expect(payees).toEqual(added(flows, 'payeeId'));
          return flows;
        });
        handedOut.forEach((flows, i) => {
          expect(byPair(flows)).toEqual(byPair(anew(moves[i] as (typeof moves)[number], compared)));
          expect(byPair(flows).size).toBe(flows.length);
        });
      }),
    );
  });

  it('need not be asked for between two changes', () => {
    fc.assert(
      fc.property(fc.array(parts, { minLength: 1, maxLength: 6 }), (moves) => {
        const standing = new StandingFlows({ compared: true });
        for (const move of moves) standing.move(move);
        expect(byPair(standing.flows())).toEqual(byPair(anew(moves.at(-1) as (typeof moves)[number], true)));
      }),
    );
  });
});

const byPair = (flows: readonly PairFlow[]) => new Map(flows.map((flow) => [`${flow.payerId} ${flow.payeeId}`, flow]));

/** Each part added to its pair, in big integers, one after the other. */
function anew(parts: ReadonlyMap<string, FlowPart>, compared: boolean): readonly PairFlow[] {
  const flows = new Map<number, { -readonly [K in keyof PairFlow]: PairFlow[K] }>();
  for (const { period, sums } of parts.values())
    sums.keys.forEach((key, i) => {
      const zero = { amount: 0n, succeeded: 0n, declined: 0n, failed: 0n, unknown: 0n };
      const flow = flows.get(key) ?? {
        ...{ payerId: Math.floor(key / 2 ** 26), payeeId: key % 2 ** 26, ...zero },
        ...{ endedAmount: 0n, endedPayments: 0n, beforeAmount: 0n, beforePayments: 0n },
      };
      flows.set(key, flow);
      const amount = (BigInt(sums.amountHigh[i] as number) << 32n) + BigInt(sums.amountLow[i] as number);
      const counts = COUNTS.map((count) => BigInt(sums[count][i] as number));
      const payments = counts.reduce((sum, count) => sum + count, 0n);
      if (period === 'before') {
        flow.beforeAmount += amount;
        flow.beforePayments += payments;
        return;
      }
      flow.amount += amount;
      for (const [n, count] of COUNTS.entries()) flow[count] += counts[n] as bigint;
      if (period === 'open' || !compared) return;
      flow.endedAmount += amount;
      flow.endedPayments += payments;
    });
  return [...flows.values()];
}

const COUNTS = ['succeeded', 'declined', 'failed', 'unknown'] as const;

function added(flows: readonly PairFlow[], side: 'payerId' | 'payeeId'): ReadonlyMap<number, bigint> {
  const totals = new Map<number, bigint>();
  for (const flow of flows) totals.set(flow[side], (totals.get(flow[side]) ?? 0n) + flow.amount);
  return new Map([...totals].filter(([, amount]) => amount !== 0n));
}
