import 'server-only';
import { wholeReason } from '@/domain/tracing/cuts';
import type { LedgerPayment } from '@/domain/tracing/ledger';
import type { TraceQuestion } from '@/domain/tracing/trace-question';
import { accountPayments, type Names, type PaymentScope, type Reader, type StoredPayment } from './account-payments';
import { crowdedAccounts } from './crowded-accounts';

/** Rows of payments that one trace may read, and accounts that it may read the books of. */
export const TRACE_ROWS_MAX = 200_000;
export const TRACE_ACCOUNTS_MAX = 50_000;

export type MoneyAround = {
  readonly payments: readonly StoredPayment[];
  readonly outside: ReadonlySet<number>;
  /** Accounts with too many payments to be read, with how many. */
  readonly hubs: ReadonlyMap<string, number>;
  /** Accounts that money gets to but whose books a limit kept from being read. */
  readonly unread: ReadonlySet<string>;
  readonly queries: number;
};

/**
 * The books of every account that the money can get to: hop by hop, one statement for the whole frontier, in the order of time (an account
 * is read once, and its payments lead on only from when the money can have been there). Hubs are not read through, nor what lies outside.
 */
export async function moneyAround(
  reader: Reader,
  question: TraceQuestion,
  started: { readonly accounts: ReadonlyMap<string, number>; readonly payments: readonly StoredPayment[]; readonly hops: number },
  scope: PaymentScope,
  outside: ReadonlySet<number>,
): Promise<MoneyAround> {
  const forward = question.direction === 'forward';
  const payments = new Map(started.payments.map((payment) => [payment.key, payment]));
  const hubs = new Map<string, number>();
  const unread = new Set<string>();
  const exempt = new Set([
    ...question.overriddenHubs,
    ...question.from.flatMap((start) => (start.kind === 'account' ? [start.account] : [])),
  ]);
  // When the money can first have been in an account; backward: last.
  const reachedMs = new Map(started.accounts);
  const read = new Set<string>();
  let frontier = [...started.accounts.keys()];
  const inWay = forward ? inPostingOrder : (a: StoredPayment, b: StoredPayment) => inPostingOrder(b, a);
  let ordered: readonly StoredPayment[] = [];
  const known = new Set<string>();
  const names: Names = new Map([...started.accounts.keys()].map((account) => [account, account]));
  let queries = 0;
  // The last accounts are read as well: what they spent since decides what is still in them.
  for (let hop = started.hops; hop <= question.hops && frontier.length > 0; hop++) {
    const asked = frontier.slice(0, Math.max(0, TRACE_ACCOUNTS_MAX - read.size));
    for (const account of frontier.slice(asked.length)) unread.add(account);
    let rows =
      asked.length === 0 ? [] : await accountPayments(reader, asked, scope, { rowsMax: TRACE_ROWS_MAX + 1 - payments.size, names });
    queries++;
    let readable = asked;
    if (payments.size + rows.length > TRACE_ROWS_MAX) {
      const degree = question.hubDegree ?? TRACE_ROWS_MAX;
      const crowded = await crowdedAccounts(reader, asked, scope, degree);
      queries += 2;
      for (const [account, count] of crowded) if (!exempt.has(account)) hubs.set(account, count);
      readable = asked.filter((account) => !hubs.has(account));
      rows =
        readable.length === 0 ? [] : await accountPayments(reader, readable, scope, { rowsMax: TRACE_ROWS_MAX + 1 - payments.size, names });
      queries++;
    }
    if (payments.size + rows.length > TRACE_ROWS_MAX) {
      for (const account of readable) unread.add(account);
      break;
    }
    for (const row of rows) payments.set(row.key, row);
    for (const account of readable) read.add(account);
    // Two runs that are each in order: sorting them together is one pass.
    ordered = [...ordered, ...rows.filter((row) => !known.has(row.key)).sort(inWay)].sort(inWay);
    for (const { key } of rows) known.add(key);
    frontier = nextFrontier({ question, forward, ordered, read, reachedMs, outside, hubs });
  }
  return { payments: [...payments.values()], outside, hubs, unread, queries };
}

function nextFrontier(at: {
  readonly question: TraceQuestion;
  readonly forward: boolean;
  /** In the order in which the money goes by. */
  readonly ordered: readonly StoredPayment[];
  readonly read: ReadonlySet<string>;
  readonly reachedMs: Map<string, number>;
  readonly outside: ReadonlySet<number>;
  readonly hubs: ReadonlyMap<string, number>;
}): string[] {
  const { forward, reachedMs, read } = at;
  const next = new Set<string>();
  for (const row of at.ordered) {
    const [from, to] = forward ? [row.payer, row.payee] : [row.payee, row.payer];
    const since = reachedMs.get(from);
    if (since === undefined || !read.has(from) || (forward ? row.atMs < since : row.atMs > since)) continue;
    if (at.outside.has(forward ? row.payeeInstitutionId : row.payerInstitutionId) || at.hubs.has(to)) continue;
    if (wholeReason(ledgerPayment(row, 0), at.question)) continue;
    const known = reachedMs.get(to);
    if (known === undefined || (forward ? row.atMs < known : row.atMs > known)) reachedMs.set(to, row.atMs);
    if (!read.has(to)) next.add(to);
  }
  return [...next].sort();
}

/** Posting time, then the order in which payments were handed in. */
export function inPostingOrder(a: StoredPayment, b: StoredPayment): number {
  return a.atMs - b.atMs || a.batchId - b.batchId || a.lineNo - b.lineNo;
}

/** A stored payment as the engine takes it. */
export function ledgerPayment(row: StoredPayment, sequence: number): LedgerPayment {
  const { key, atMs, payer, payee, amountMinor, currency, businessType } = row;
  return { id: key, atMs, sequence, payer, payee, amountMinor, currency, businessType };
}
