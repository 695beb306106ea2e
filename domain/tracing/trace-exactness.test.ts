import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LedgerPayment, ledgerOf } from './ledger';
import { moneyTrace } from './money-trace';
import { forwardByMixture } from './testing/mixed-ledger';
import { backwardByUnits, forwardByUnits, type UnitAnswer, type UnitFacts } from './testing/unit-ledger';
import { CONSERVING_METHODS, type TraceAnswer } from './trace-answer';
import { TraceQuestion } from './trace-question';

const OUTSIDE = new Set(['outside']);
const NAMES = ['a', 'b', 'c', 'd', 'e', 'outside', 'pool'];
const facts = { institutionOf: () => null, outside: (name: string) => OUTSIDE.has(name), pooled: (name: string) => name === 'pool' };

/** Small accounts, small amounts and many equal times: what is rare in life is common here. */
const ledgers = (most: number) =>
  fc
    .array(
      fc.record({
        payer: fc.constantFrom(...NAMES),
        payee: fc.constantFrom(...NAMES),
        amount: fc.integer({ min: 1, max: 12 }),
        after: fc.constantFrom(0, 0, 1, 2, 5),
        businessType: fc.constantFrom('transfer' as const, 'refund' as const),
      }),
      { minLength: 1, maxLength: most },
    )
    .map((rows) => {
      let atMs = 1_000;
      return rows.flatMap(({ payer, payee, amount, after, businessType }, i): LedgerPayment[] => {
        atMs += after;
        if (payer === payee) return [];
        return [{ id: String(i), atMs, sequence: i, payer, payee, amountMinor: BigInt(amount), currency: 'CNY', businessType }];
      });
    })
    .filter((payments) => payments.length > 0);

const limits = fc.record({
  hops: fc.integer({ min: 1, max: 12 }),
  sinceMs: fc.option(fc.integer({ min: 1_000, max: 1_020 })),
  untilMs: fc.option(fc.integer({ min: 1_005, max: 1_060 })),
  minAmountMinor: fc.constantFrom(0n, 0n, 4n),
  businessTypes: fc.constantFrom<('transfer' | 'refund')[]>([], [], ['transfer']),
  waitLimitMs: fc.option(fc.constantFrom(0, 1, 4, 9)),
});
const noLimits = { hops: 12, sinceMs: null, untilMs: null, minAmountMinor: 0n, businessTypes: [], waitLimitMs: null, hubDegree: null };

function startsOf(payments: readonly LedgerPayment[], untilMs: number | null) {
  const inTime = payments.filter(({ atMs }) => untilMs === null || atMs < untilMs);
  return fc.oneof(
    fc.constantFrom(...(inTime.length > 0 ? inTime : payments)).map(({ id }) => ({ kind: 'transaction' as const, transaction: id })),
    fc.constantFrom('a', 'b', 'c').map((account) => ({ kind: 'account' as const, account })),
  );
}
const cases = ledgers(24).chain((payments) =>
  limits.chain((some) => startsOf(payments, some.untilMs).map((start) => ({ payments, some, start }))),
);

const unitFacts = (payments: readonly LedgerPayment[]): UnitFacts => ({ payments, outside: OUTSIDE, barrier: new Set(['pool']) });
const asked = (direction: 'forward' | 'backward', start: object, more: object) =>
  TraceQuestion.parse({ direction, currency: 'CNY', from: [start], hubDegree: null, ...more });

/** Of an answer, what the unit ledger says too. */
function byMethod(answer: TraceAnswer, method: 'fifo' | 'lifo'): UnitAnswer {
  const nonZero = (entries: [string, bigint][]) =>
    new Map(
      entries
        .filter(([, amount]) => amount > 0n)
        .map(([key, amount]): [string, number] => [key, Number(amount)])
        .sort(),
    );
  const { source, exited, unknown } = answer.conservation[method];
  return {
    source: Number(source),
    carried: nonZero(answer.edges.map((edge) => [edge.transaction, edge[method]])),
    held: nonZero([...answer.sources, ...answer.reached].map((row) => [row.account, row.held[method]])),
    exited: Number(exited),
    unknown: Number(unknown),
  };
}
const sorted = (answer: UnitAnswer): UnitAnswer => ({
  ...answer,
  carried: new Map([...answer.carried].sort()),
  held: new Map([...answer.held].sort()),
});

// A start that lies after the window has no money, and a unit ledger would have to say so in its own words.
const inTime = ({ payments, some, start }: { payments: LedgerPayment[]; some: { untilMs: number | null }; start: object }) =>
  !('transaction' in start) || payments.some(({ id, atMs }) => id === start.transaction && (some.untilMs === null || atMs < some.untilMs));

describe('every unit goes where a ledger of single units says', () => {
  for (const method of ['fifo', 'lifo'] as const) {
    test(`forward by ${method}, under any limits`, () => {
      fc.assert(
        fc.property(cases.filter(inTime), ({ payments, some, start }) => {
          fc.pre(!('account' in start) || some.sinceMs === null || some.untilMs === null || some.sinceMs < some.untilMs);
          const question = asked('forward', start, some);
          const answer = moneyTrace(ledgerOf(payments, 'CNY', facts), question);
          const units = forwardByUnits(unitFacts(payments), question, method);
          expect(byMethod(answer, method)).toEqual(sorted(units));
        }),
        { numRuns: 3_000 },
      );
    });
    test(`backward by ${method}, as the ways of single units are read from a forward replay`, () => {
      fc.assert(
        fc.property(cases.filter(inTime), ({ payments, some, start }) => {
          const question = asked('backward', start, some);
          const answer = moneyTrace(ledgerOf(payments, 'CNY', facts), question);
          const units = backwardByUnits(unitFacts(payments), question, method);
          expect(byMethod(answer, method)).toEqual(sorted(units));
        }),
        { numRuns: 3_000 },
      );
    });
  }
});

test('pro-rata and poison carry what two sums an account say', () => {
  fc.assert(
    fc.property(
      ledgers(11).chain((payments) => fc.tuple(fc.constant(payments), fc.constantFrom(...payments))),
      ([payments, { id }]) => {
        const answer = moneyTrace(ledgerOf(payments, 'CNY', facts), asked('forward', { kind: 'transaction', transaction: id }, noLimits));
        const { proRata, poison } = forwardByMixture(payments, id, OUTSIDE, new Set(['pool']));
        const carried = (method: 'proRata' | 'poison') =>
          new Map(answer.edges.filter((edge) => edge[method] > 0n).map((edge) => [edge.transaction, Number(edge[method])]));
        expect(carried('proRata')).toEqual(proRata);
        expect(carried('poison')).toEqual(poison);
      },
    ),
    { numRuns: 3_000 },
  );
});

describe('what holds of every answer', () => {
  test('money is neither made nor lost, in either direction and under any limits', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom('forward' as const, 'backward' as const), ({ payments, some, start }, direction) => {
        const question = { ...asked(direction, start, some), hubDegree: 5 };
        const answer = moneyTrace(ledgerOf(payments, 'CNY', facts), question);
        for (const method of CONSERVING_METHODS) {
          expect(answer.conservation[method].difference).toBe(0n);
          const held = [...answer.sources, ...answer.reached].reduce((sum, row) => sum + row.held[method], 0n);
          expect(answer.conservation[method].held).toBe(held);
          for (const row of [...answer.sources, ...answer.reached]) expect(row.stopped[method]).toBeLessThanOrEqual(row.held[method]);
        }
        for (const edge of answer.edges) {
          expect(edge.poison).toBeLessThanOrEqual(edge.amountMinor);
          expect(edge.high).toBeLessThanOrEqual(edge.poison);
          for (const method of CONSERVING_METHODS) expect(edge.low <= edge[method] && edge[method] <= edge.high).toBe(true);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  test('payments of equal times may come in any order: their sequence decides', () => {
    fc.assert(
      fc.property(
        cases.chain((one) =>
          fc.shuffledSubarray(one.payments, { minLength: one.payments.length }).map((shuffled) => ({ ...one, shuffled })),
        ),
        fc.constantFrom('forward' as const, 'backward' as const),
        ({ payments, some, start, shuffled }, direction) => {
          const question = asked(direction, start, some);
          expect(moneyTrace(ledgerOf(shuffled, 'CNY', facts), question)).toEqual(moneyTrace(ledgerOf(payments, 'CNY', facts), question));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('payments in other currencies change nothing', () => {
    fc.assert(
      fc.property(cases, ledgers(12), ({ payments, some, start }, others) => {
        const foreign = others.map((one) => ({ ...one, id: `x${one.id}`, currency: 'USD' }));
        const question = asked('forward', start, some);
        const mixed = moneyTrace(ledgerOf([...foreign, ...payments], 'CNY', facts), question);
        expect(mixed).toEqual(moneyTrace(ledgerOf(payments, 'CNY', facts), question));
      }),
      { numRuns: 500 },
    );
  });

  test('forward and backward agree: what a payment carries of another is what came to it from there', () => {
    fc.assert(
      fc.property(
        ledgers(11).chain((payments) => fc.tuple(fc.constant(payments), fc.constantFrom(...payments), fc.constantFrom(...payments))),
        ([payments, early, late]) => {
          const ledger = ledgerOf(payments, 'CNY', facts);
          const start = ({ id }: LedgerPayment) => ({ kind: 'transaction', transaction: id });
          const there = moneyTrace(ledger, asked('forward', start(early), noLimits)).edges.find((edge) => edge.transaction === late.id);
          const back = moneyTrace(ledger, asked('backward', start(late), noLimits)).edges.find((edge) => edge.transaction === early.id);
          expect([there?.fifo ?? 0n, there?.lifo ?? 0n]).toEqual([back?.fifo ?? 0n, back?.lifo ?? 0n]);
          // Poison only says whether, and does so in both directions.
          expect((there?.poison ?? 0n) > 0n).toBe((back?.poison ?? 0n) > 0n);
          // Pro-rata rounds at every payment on the way, by half a unit each.
          const apart = Number((there?.proRata ?? 0n) - (back?.proRata ?? 0n));
          expect(Math.abs(apart)).toBeLessThanOrEqual(payments.length);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});
