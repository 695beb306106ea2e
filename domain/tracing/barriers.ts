import type { Ledger } from './ledger';
import type { TraceQuestion } from './trace-question';

export type Barrier = 'outside' | 'hub' | 'pooled' | 'cap';

/**
 * Where a trace does not go through, by the account's number. Accounts that a question starts from, and hubs that it overrides, are
 * followed however many payments they have. Pooled and outside accounts can not be overridden: behind them everything is everybody's.
 */
export function barriersOf(ledger: Ledger, question: TraceQuestion, degrees: Int32Array): readonly (Barrier | undefined)[] {
  const exempt = new Set(question.overriddenHubs);
  for (const start of question.from) if (start.kind === 'account') exempt.add(start.account);
  return ledger.accounts.map((account, number) => {
    if (ledger.outside(account)) return 'outside';
    if (ledger.pooled(account)) return 'pooled';
    if (ledger.unread?.(account)) return 'cap';
    return question.hubDegree !== null && (degrees[number] as number) > question.hubDegree && !exempt.has(account) ? 'hub' : undefined;
  });
}

/** Payments in and out of each account among the first `end`, or what the ledger was told where that is more. */
export function degreesOf(ledger: Ledger, end: number): Int32Array {
  const degrees = new Int32Array(ledger.accounts.length);
  for (const ends of [ledger.payers, ledger.payees])
    for (let i = 0; i < end; i++) degrees[ends[i] as number] = (degrees[ends[i] as number] as number) + 1;
  if (ledger.degreeOf)
    ledger.accounts.forEach((account, number) => {
      degrees[number] = Math.max(degrees[number] as number, ledger.degreeOf?.(account) ?? 0);
    });
  return degrees;
}
