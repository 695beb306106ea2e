import type { BusinessType } from '../clearing/transaction';

/** One payment that succeeded. Declined, failed and unknown ones moved no money and have no place in a ledger. */
export type LedgerPayment = {
  readonly id: string;
  /** Posting time, epoch milliseconds; fractions are kept. */
  readonly atMs: number;
  /** Order among payments of one time. */
  readonly sequence: number;
  readonly payer: string;
  readonly payee: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly businessType: BusinessType;
};

/** What is known of accounts beside their payments. */
export type LedgerFacts = {
  readonly institutionOf: (account: string) => string | null;
  /** Accounts that nobody here oversees: money that gets there has left. */
  readonly outside: (account: string) => boolean;
  /** Pooled reserve and net settlement accounts: everything mixes there, so nothing is followed through. */
  readonly pooled: (account: string) => boolean;
  /** Accounts whose payments a limit kept from being read: nothing is followed through them. */
  readonly unread?: (account: string) => boolean;
  /** Accounts known to have so many payments although they are not all in the ledger. */
  readonly degreeOf?: (account: string) => number | undefined;
};

/** The payments of one currency in the order of (time, sequence, id), their accounts numbered. */
export type Ledger = LedgerFacts & {
  readonly currency: string;
  readonly payments: readonly LedgerPayment[];
  /** Of each payment, apart from it: a replay looks at most payments only so far. */
  readonly times: Float64Array;
  readonly payers: Int32Array;
  readonly payees: Int32Array;
  readonly accounts: readonly string[];
  readonly numberOf: ReadonlyMap<string, number>;
};

/**
 * A ledger of one currency, ready to be asked any number of times. A payment from an account to itself, or of nothing, moves nothing and is left out.
 * Payments may come in any order: equal times are ordered by sequence, so the same payments always make the same ledger.
 */
export function ledgerOf(payments: Iterable<LedgerPayment>, currency: string, facts: LedgerFacts): Ledger {
  const own: LedgerPayment[] = [];
  for (const payment of payments)
    if (payment.currency === currency && payment.payer !== payment.payee && payment.amountMinor > 0n) own.push(payment);
  if (!isOrdered(own)) own.sort(inOrder);
  const accounts: string[] = [];
  const numberOf = new Map<string, number>();
  const numbered = (account: string) => {
    const known = numberOf.get(account);
    if (known !== undefined) return known;
    accounts.push(account);
    numberOf.set(account, accounts.length - 1);
    return accounts.length - 1;
  };
  const times = new Float64Array(own.length);
  const payers = new Int32Array(own.length);
  const payees = new Int32Array(own.length);
  own.forEach((payment, i) => {
    times[i] = payment.atMs;
    payers[i] = numbered(payment.payer);
    payees[i] = numbered(payment.payee);
  });
  return { ...facts, currency, payments: own, times, payers, payees, accounts, numberOf };
}

/** How many payments lie before a moment. */
export function paymentsBefore({ times }: Ledger, untilMs: number | null): number {
  if (untilMs === null) return times.length;
  const at = times.findIndex((atMs) => atMs >= untilMs);
  return at < 0 ? times.length : at;
}

function inOrder(a: LedgerPayment, b: LedgerPayment): number {
  return a.atMs - b.atMs || a.sequence - b.sequence || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function isOrdered(payments: readonly LedgerPayment[]): boolean {
  return payments.every((payment, i) => i === 0 || inOrder(payments[i - 1] as LedgerPayment, payment) <= 0);
}
