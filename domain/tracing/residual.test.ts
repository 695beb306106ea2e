import { expect, test } from 'vitest';
import { type LedgerPayment, ledgerOf } from './ledger';
import { moneyTrace } from './money-trace';
import { residuals, residualsByInstitution } from './residual';
import { TraceQuestion } from './trace-question';

const facts = { institutionOf: (name: string) => name[0] ?? null, outside: (name: string) => name === 'outside', pooled: () => false };

function traced(more: Partial<TraceQuestion> = {}) {
  const rows: readonly (readonly [string, string, bigint])[] = [
    ['S1', 'A1', 300n],
    ['S2', 'A1', 700n],
    ['A1', 'A2', 400n],
    ['A2', 'outside', 100n],
    ['A1', 'B1', 200n],
  ];
  const payments = rows.map(
    ([payer, payee, amountMinor], i): LedgerPayment => ({
      id: String(i),
      atMs: i * 1_000,
      sequence: i,
      payer,
      payee,
      amountMinor,
      currency: 'CNY',
      businessType: 'transfer',
    }),
  );
  const from = [{ kind: 'transaction', transaction: '0' }];
  return moneyTrace(ledgerOf(payments, 'CNY', facts), TraceQuestion.parse({ currency: 'CNY', from, ...more }));
}

test('what is left is what arrived less what was paid on, by each method', () => {
  expect(residuals(traced()).map(({ account, fifo, lifo, proRata, arrivedMs }) => [account, fifo, lifo, proRata, arrivedMs])).toEqual([
    ['A1', 0n, 300n, 120n, 0],
    ['A2', 200n, 0n, 90n, 2_000],
    ['B1', 0n, 0n, 60n, 4_000],
  ]);
});

test('money spent in a way that is not followed can not be frozen where it was last seen', () => {
  const cut = traced({ minAmountMinor: 250n });
  expect(cut.conservation.proRata.held).toBe(300n);
  expect(residuals(cut).map(({ account, proRata }) => [account, proRata])).toEqual([
    ['A1', 120n],
    ['A2', 90n],
  ]);
});

test('accounts of one institution are one request; what is left and what left add up to the source', () => {
  const answer = traced();
  const institutions = residualsByInstitution(answer);
  expect(institutions.map(({ institution, low, high, accounts }) => [institution, low, high, accounts.length])).toEqual([
    ['A', 200n, 300n, 2],
    ['B', 0n, 60n, 1],
  ]);
  const left = institutions.reduce((sum, { proRata }) => sum + proRata, 0n);
  expect(left + answer.conservation.proRata.exited).toBe(300n);
});

test('a trace backward, or a hub, tells of nothing to freeze', () => {
  expect(residuals(traced({ direction: 'backward', from: [{ kind: 'transaction', transaction: '4' }] }))).toEqual([]);
  expect(residuals(traced({ hubDegree: 1 }))).toEqual([]);
});
