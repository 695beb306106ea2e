import type { BusinessType, Route, TransactionStatus } from './clearing/transaction';
import { formatRange, type TimeRange } from './time-range';

/** What a list of payments is narrowed to. Codes are institutions' codes; several are alternatives. */
export type TransactionsFilter = {
  /** A span, or the text that the address bar carries already. */
  readonly range?: TimeRange | string;
  readonly currency?: string;
  readonly payer?: readonly string[];
  readonly payee?: readonly string[];
  /** Either side or in between. */
  readonly institution?: string;
  /** The payment institution in between. */
  readonly intermediary?: readonly string[];
  readonly type?: readonly BusinessType[];
  readonly status?: readonly TransactionStatus[];
  readonly route?: Route;
  readonly final?: 'yes' | 'no';
  readonly q?: string;
  readonly account?: string;
  readonly min?: bigint;
  readonly max?: bigint;
};

/** Address of the payments that a figure counted. */
export function transactionsLink(filter: TransactionsFilter): string {
  return withSearch('/transactions', {
    range: rangeText(filter.range),
    currency: filter.currency,
    payer: filter.payer?.join(','),
    payee: filter.payee?.join(','),
    institution: filter.institution,
    intermediary: filter.intermediary?.join(','),
    type: filter.type?.join(','),
    status: filter.status?.join(','),
    route: filter.route,
    final: filter.final,
    q: filter.q,
    account: filter.account,
    min: filter.min?.toString(),
    max: filter.max?.toString(),
  });
}

export function transactionLink(transactionId: string): string {
  return `/transactions/${encodeURIComponent(transactionId)}`;
}

export function institutionLink(code: string, shared: SharedSearch = {}): string {
  return withSearch(`/institutions/${encodeURIComponent(code)}`, { ...shared, range: rangeText(shared.range) });
}

/** What the bar's controls put into every address and navigation carries along. */
export type SharedSearch = { readonly range?: TimeRange | string; readonly compare?: string; readonly currency?: string };
export const SHARED_KEYS = ['range', 'compare', 'currency'] as const;

/** `path` with the bar's settings of the present address. */
export function carryShared(path: string, search: URLSearchParams): string {
  return withSearch(path, Object.fromEntries(SHARED_KEYS.map((key) => [key, search.get(key) ?? undefined])));
}

/** Leaves out what is undefined or empty, and keeps commas, colons and tildes readable. */
export function withSearch(path: string, search: Readonly<Record<string, string | undefined>>): string {
  const set = Object.entries(search).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '');
  if (set.length === 0) return path;
  const text = new URLSearchParams(set).toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%7E', '~');
  return `${path}?${text}`;
}

function rangeText(range: TimeRange | string | undefined): string | undefined {
  return range === undefined || typeof range === 'string' ? range : formatRange(range);
}
