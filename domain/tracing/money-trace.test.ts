import { describe, expect, test } from 'vitest';
import { type LedgerPayment, ledgerOf } from './ledger';
import { moneyTrace, unknownStarts } from './money-trace';
import type { TraceAnswer } from './trace-answer';
import { TraceQuestion } from './trace-question';

type Short = readonly [payer: string, payee: string, amount: number, more?: Partial<LedgerPayment>];
const T = Date.parse('2026-11-02T01:00:00Z');
const MINUTE = 60_000;

/** Payments a minute apart, named 1, 2, 3 … */
function ledger(payments: readonly Short[], pooled: readonly string[] = []) {
  const rows = payments.map(
    ([payer, payee, amount, more], i): LedgerPayment => ({
      id: String(i + 1),
      atMs: T + i * MINUTE,
      sequence: i,
      payer,
      payee,
      amountMinor: BigInt(amount),
      currency: 'CNY',
      businessType: 'transfer',
      ...more,
    }),
  );
  return ledgerOf(rows, 'CNY', {
    institutionOf: () => null,
    outside: (account) => account.startsWith('outside'),
    pooled: (account) => pooled.includes(account),
  });
}
const ask = (question: Partial<TraceQuestion>) => TraceQuestion.parse({ currency: 'CNY', from: [], ...question });
const transaction = (id: string) => ({ kind: 'transaction' as const, transaction: id });
const account = (name: string, more: { atMs?: number; amountMinor?: bigint } = {}) => ({
  kind: 'account' as const,
  account: name,
  atMs: null,
  amountMinor: null,
  ...more,
});
const forward = (from: TraceQuestion['from'], more: Partial<TraceQuestion> = {}) => ask({ from, ...more });
const backward = (from: TraceQuestion['from'], more: Partial<TraceQuestion> = {}) => ask({ from, direction: 'backward', ...more });

const shown = (row: { fifo: bigint; lifo: bigint; proRata: bigint; poison: bigint } | undefined) =>
  row && [row.fifo, row.lifo, row.proRata, row.poison].map(Number);
const reachedBy = (answer: TraceAnswer, name: string) => shown(answer.reached.find((row) => row.account === name));
const heldBy = (answer: TraceAnswer, name: string) => shown(answer.reached.find((row) => row.account === name)?.held);
const conserved = (answer: TraceAnswer) => Object.values(answer.conservation).every(({ difference }) => difference === 0n);

describe('the published vector', () => {
  const vector = ledger([
    ['victim', 'A', 300],
    ['shop', 'A', 700],
    ['A', 'B', 400],
  ]);
  test('3 traced in, 7 others in, 4 paid on: FIFO 3, LIFO 0, pro-rata 1.2, poison 4', () => {
    const answer = moneyTrace(vector, forward([transaction('1')]));
    expect(reachedBy(answer, 'B')).toEqual([300, 0, 120, 400]);
    expect(heldBy(answer, 'A')).toEqual([0, 300, 180, 600]);
    const { low, high } = answer.reached.find((row) => row.account === 'B') as { low: bigint; high: bigint };
    expect([low, high]).toEqual([0n, 300n]);
    expect(conserved(answer)).toBe(true);
  });

  test('asked backward, the same payment came from the same money', () => {
    const answer = moneyTrace(vector, backward([transaction('3')]));
    expect(reachedBy(answer, 'victim')).toEqual([300, 0, 120, 300]);
    expect(reachedBy(answer, 'shop')).toEqual([100, 400, 280, 700]);
    expect(answer.unknownOrigin.map(({ account: name, fifo }) => [name, Number(fifo)])).toEqual([
      ['shop', 100],
      ['victim', 300],
    ]);
    expect(conserved(answer)).toBe(true);
  });
});

describe('opening balances', () => {
  const spent = ledger([
    ['S', 'A', 100],
    ['A', 'B', 150],
  ]);
  test('what an account spends beyond what it was seen to receive is of unknown origin, and no traced money', () => {
    const answer = moneyTrace(spent, forward([transaction('1')]));
    expect(reachedBy(answer, 'B')).toEqual([100, 100, 100, 150]);
    expect(answer.unknownOrigin.map(({ account: name, drawnMinor }) => [name, drawnMinor])).toEqual([['A', 50n]]);
  });

  test('everything of an account is what it holds, receives and spends, its unknown opening balance with it', () => {
    const answer = moneyTrace(spent, forward([account('A')]));
    expect(shown(answer.sources[0]?.amount)).toEqual([150, 150, 150, 150]);
    expect(reachedBy(answer, 'B')).toEqual([150, 150, 150, 150]);
    expect(shown(answer.unknownOrigin.find((row) => row.account === 'A'))).toEqual([50, 50, 50, 50]);
  });

  test('an amount in an account at a time is its newest money, and what is missing of it is of unknown origin', () => {
    const three = ledger([
      ['P', 'A', 60],
      ['Q', 'A', 40],
      ['A', 'B', 50],
    ]);
    const newest = moneyTrace(three, forward([account('A', { atMs: T + 2 * MINUTE, amountMinor: 40n })]));
    expect(reachedBy(newest, 'B')).toEqual([0, 40, 20, 50]);
    const back = moneyTrace(three, backward([account('A', { atMs: T + 2 * MINUTE, amountMinor: 130n })]));
    expect([reachedBy(back, 'P'), reachedBy(back, 'Q')]).toEqual([
      [60, 60, 60, 60],
      [40, 40, 40, 40],
    ]);
    expect(shown(back.unknownOrigin.find((row) => row.account === 'A'))).toEqual([30, 30, 30, 30]);
    expect(conserved(newest) && conserved(back)).toBe(true);
  });
});

describe('what is not followed stays where it was last seen, and is said', () => {
  const chain: readonly Short[] = [
    ['S', 'A', 100],
    ['A', 'B', 100],
    ['B', 'C', 100],
  ];
  const reasons = (answer: TraceAnswer) => answer.pruned.map(({ account: name, reason, fifo }) => [name, reason, Number(fifo)]);

  test('hops, waiting, small payments and other business types', () => {
    for (const [more, stop] of [
      [{ hops: 2 }, ['B', 'hops', 100]],
      [{ waitLimitMs: MINUTE - 1 }, ['A', 'wait', 100]],
      [{ minAmountMinor: 101n }, ['A', 'min-amount', 100]],
      [{ businessTypes: ['refund'] }, ['A', 'business-type', 100]],
      [{ untilMs: T + 2 * MINUTE }, ['B', 'window', 100]],
    ] as const) {
      const answer = moneyTrace(ledger(chain), forward([transaction('1')], more as Partial<TraceQuestion>));
      expect(reasons(answer)).toEqual([stop]);
      expect(answer.conservation.proRata).toMatchObject({ source: 100n, held: 100n, exited: 0n, difference: 0n });
    }
    const back = moneyTrace(ledger(chain), backward([transaction('3')], { sinceMs: T + MINUTE }));
    expect(reasons(back)).toEqual([['A', 'window', 100]]);
    expect(back.conservation.fifo).toMatchObject({ source: 100n, held: 100n, unknown: 0n, difference: 0n });
  });

  test('a hub is not followed through unless it is overridden; the account one starts from is never skipped', () => {
    const answer = moneyTrace(ledger(chain), forward([transaction('1')], { hubDegree: 1 }));
    expect(answer.pruned).toMatchObject([{ account: 'A', reason: 'hub', payments: 2, limit: '1', fifo: 100n }]);
    expect(answer.reached).toMatchObject([{ account: 'A', barrier: 'hub', held: { fifo: 100n }, stopped: { fifo: 100n } }]);
    const overridden = moneyTrace(ledger(chain), forward([transaction('1')], { hubDegree: 1, overriddenHubs: ['A'] }));
    expect(overridden.pruned.map(({ account: name }) => name)).toEqual(['B']);
    expect(moneyTrace(ledger(chain), forward([account('A')], { hubDegree: 1 })).reached.map((row) => row.account)).toEqual(['B']);
  });

  test('nothing is followed through a pooled account, forward or backward, overridden or not', () => {
    const pooled = ledger(chain, ['B']);
    const answer = moneyTrace(pooled, forward([transaction('1')], { overriddenHubs: ['B'] }));
    expect(reasons(answer)).toEqual([['B', 'pooled', 100]]);
    expect(reasons(moneyTrace(pooled, backward([transaction('3')])))).toEqual([['B', 'pooled', 100]]);
  });

  test('money that goes outside is a sink and does not come back', () => {
    const answer = moneyTrace(
      ledger([
        ['S', 'A', 100],
        ['A', 'outside', 60],
        ['outside', 'C', 60],
      ]),
      forward([transaction('1')]),
    );
    expect(answer.sinks.map((sink) => [sink.account, shown(sink)])).toEqual([['outside', [60, 60, 60, 60]]]);
    expect(answer.reached.map((row) => row.account)).toEqual(['A']);
    expect(answer.conservation.lifo).toEqual({ source: 100n, held: 40n, exited: 60n, unknown: 0n, difference: 0n });
  });
});

describe('a set of starts and ways that come round', () => {
  test('money asked about twice is counted once', () => {
    const answer = moneyTrace(
      ledger([
        ['S', 'A', 100],
        ['A', 'B', 100],
      ]),
      forward([transaction('1'), transaction('2'), account('A')]),
    );
    expect(answer.conservation.fifo.source).toBe(100n);
    expect(reachedBy(answer, 'B')).toEqual([100, 100, 100, 100]);
    expect(conserved(answer)).toBe(true);
  });

  test('money that returns to where it began is reached again, and no new source', () => {
    const answer = moneyTrace(
      ledger([
        ['A', 'B', 100],
        ['B', 'A', 100],
        ['A', 'C', 100],
      ]),
      forward([account('A')]),
    );
    expect(answer.conservation.fifo).toMatchObject({ source: 100n, held: 100n, difference: 0n });
    expect(reachedBy(answer, 'A')).toEqual([100, 100, 100, 100]);
    expect(answer.edges.map(({ hop }) => hop)).toEqual([1, 2, 3]);
  });

  test('a payment before the money came carries none of it', () => {
    const answer = moneyTrace(
      ledger([
        ['A', 'B', 100],
        ['S', 'A', 100],
      ]),
      forward([transaction('2')]),
    );
    expect(answer.reached.map((row) => row.account)).toEqual(['A']);
  });

  test('starts that nobody knows are named', () => {
    expect(unknownStarts(ledger([['A', 'B', 1]]), forward([transaction('9'), account('Z'), account('A')]))).toEqual(['9', 'Z']);
  });
});
