import { BUSINESS_TYPES, type BusinessType, ROUTES, type Route } from '../clearing/transaction';
import { isCurrency } from '../currency';
import { AccountId } from '../ids';
import { parseMinor } from '../money';

/** What one may ask of a status: a payment that is received and not answered yet is unknown, as in every figure. */
export const STATUS_CLASSES = ['succeeded', 'declined', 'failed', 'unknown'] as const;
export type StatusClass = (typeof STATUS_CLASSES)[number];

/** Filters of the transactions page as the address bar says them. An empty list is no filter. Institutions by code. */
export type TransactionFilter = {
  readonly currency: string | undefined;
  readonly payers: readonly string[];
  readonly payees: readonly string[];
  /** On either side or between. */
  readonly institutions: readonly string[];
  readonly types: readonly BusinessType[];
  readonly statuses: readonly StatusClass[];
  readonly route: Route | undefined;
  /** One number may be known at several institutions: several accounts. */
  readonly accounts: readonly AccountId[];
  /** Both inclusive. */
  readonly minMinor: bigint | undefined;
  readonly maxMinor: bigint | undefined;
  readonly q: string;
};

export const FILTER_KEYS = ['currency', 'payer', 'payee', 'institution', 'type', 'status', 'route', 'account', 'min', 'max', 'q'] as const;
export type FilterKey = (typeof FILTER_KEYS)[number];
export type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Institutions that one filter may name: a whole edge of the flow matrix and some. */
const NAMES_MAX = 500;
/** Characters of one search. */
export const SEARCH_MAX = 100;

/**
 * Reads the address bar; whatever is no filter is left out. `min` and `max` are whole minor units of the filter's currency, and of
 * `defaultCurrency`, which then becomes a filter, where none is named: amounts of several currencies cannot be held against one number.
 */
export function parseTransactionFilter(params: SearchParams, defaultCurrency: string): TransactionFilter {
  const named = one(params.currency);
  const bounded = one(params.min) !== undefined || one(params.max) !== undefined;
  const currency = named !== undefined && isCurrency(named) ? named : bounded ? defaultCurrency : undefined;
  return {
    currency,
    payers: list(params.payer),
    payees: list(params.payee),
    institutions: list(params.institution),
    types: among(BUSINESS_TYPES, params.type),
    statuses: among(
      STATUS_CLASSES,
      params.status === undefined ? undefined : list(params.status).map((status) => (status === 'received' ? 'unknown' : status)),
    ),
    route: among(ROUTES, params.route)[0],
    accounts: list(params.account).flatMap((id) => AccountId.safeParse(id).data ?? []),
    minMinor: currency === undefined ? undefined : minor(one(params.min), currency),
    maxMinor: currency === undefined ? undefined : minor(one(params.max), currency),
    q: searchText(one(params.q) ?? ''),
  };
}

/** The part of `params` that filters, in a fixed order: two addresses of the same rows are the same text. */
export function filterQuery(params: SearchParams): URLSearchParams {
  const query = new URLSearchParams();
  for (const key of ['range', ...FILTER_KEYS]) {
    const value = one(params[key]);
    if (value) query.set(key, value);
  }
  return query;
}

/** Printable text without what no id carries: control characters, lone surrogates, and blanks around it. */
export function searchText(text: string): string {
  return text
    .slice(0, SEARCH_MAX)
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .trim();
}

function one(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}

function list(value: string | readonly string[] | undefined): readonly string[] {
  const names = (typeof value === 'string' ? value.split(',') : (value ?? [])).map((name) => name.trim()).filter((name) => NAME.test(name));
  return [...new Set(names)].slice(0, NAMES_MAX);
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/;

function among<T extends string>(known: readonly T[], value: string | readonly string[] | undefined): readonly T[] {
  const asked = new Set<string>(list(value));
  return known.filter((one) => asked.has(one));
}

function minor(text: string | undefined, currency: string): bigint | undefined {
  if (text === undefined) return undefined;
  const parsed = parseMinor(text, currency);
  return parsed.ok ? parsed.minor : undefined;
}
