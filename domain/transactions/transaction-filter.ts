import { BUSINESS_TYPES, type BusinessType, ROUTES, type Route } from '../clearing/transaction';
import { isCurrency } from '../currency';
import { AccountId } from '../ids';
import { parseMinor } from '../money';
import { readRange } from '../time-range';

/** What one may ask of a status: a payment that is received and not answered yet is unknown, as in every figure. */
export const STATUS_CLASSES = ['succeeded', 'declined', 'failed', 'unknown'] as const;
export type StatusClass = (typeof STATUS_CLASSES)[number];

export const FINAL = ['yes', 'no'] as const;
export type Final = (typeof FINAL)[number];

/** Filters of the transactions page as the address bar says them. An empty list is no filter. Institutions by code. */
export type TransactionFilter = {
  readonly currency: string | undefined;
  readonly payers: readonly string[];
  readonly payees: readonly string[];
  /** On either side or between. */
  readonly institutions: readonly string[];
  /** The payment institution in between. */
  readonly intermediaries: readonly string[];
  readonly types: readonly BusinessType[];
  readonly statuses: readonly StatusClass[];
  readonly route: Route | undefined;
  /** Irrevocable already, or not yet. */
  readonly final: Final | undefined;
  /** One number may be known at several institutions: several accounts. */
  readonly accounts: readonly AccountId[];
  /** Both inclusive. */
  readonly minMinor: bigint | undefined;
  readonly maxMinor: bigint | undefined;
  readonly q: string;
};

export const FILTER_KEYS = [
  'currency',
  'payer',
  'payee',
  'institution',
  'intermediary',
  'type',
  'status',
  'route',
  'final',
  'account',
  'min',
  'max',
  'q',
] as const;
export type FilterKey = (typeof FILTER_KEYS)[number];
export type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Institutions that one filter may name: a whole edge of the flow matrix and some. */
const NAMES_MAX = 500;
/** Characters of one search. */
export const SEARCH_MAX = 100;

/**
 * Reads the address bar; whatever is no filter is left out, and named by {@link misreadParts}. `min` and `max` are whole minor units of the filter's currency, and of
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
    intermediaries: list(params.intermediary),
    types: among(BUSINESS_TYPES, params.type),
    statuses: among(STATUS_CLASSES, list(params.status).map(statusClass)),
    route: among(ROUTES, params.route)[0],
    final: among(FINAL, params.final)[0],
    accounts: list(params.account).flatMap((id) => AccountId.safeParse(id).data ?? []),
    minMinor: currency === undefined ? undefined : minor(one(params.min), currency),
    maxMinor: currency === undefined ? undefined : minor(one(params.max), currency),
    q: searchText(one(params.q) ?? ''),
  };
}

/** A part of the address that says nothing a list could be narrowed by; `rest` is what its parameter says without it, null for nothing. */
export type Misread = { readonly key: string; readonly text: string; readonly rest: string | null };

/**
 * What stands in the address and cannot be read, in the order of the filters. A list of everything would be a wrong answer to such an
 * address, so a page that finds any of these lists nothing. An empty parameter asks for nothing and is none.
 */
export function misreadParts(params: SearchParams, defaultCurrency: string): readonly Misread[] {
  const filter = parseTransactionFilter(params, defaultCurrency);
  const codes = (name: string) => NAME.test(name);
  const readable: Record<string, (text: string) => boolean> = {
    range: (text) => readRange(text) !== null,
    currency: isCurrency,
    payer: codes,
    payee: codes,
    institution: codes,
    intermediary: codes,
    type: (name) => (BUSINESS_TYPES as readonly string[]).includes(name),
    status: (name) => (STATUS_CLASSES as readonly string[]).includes(statusClass(name)),
    route: (name) => (ROUTES as readonly string[]).includes(name),
    final: (name) => (FINAL as readonly string[]).includes(name),
    account: (id) => AccountId.safeParse(id).success,
    min: (text) => filter.currency !== undefined && parseMinor(text, filter.currency).ok,
    max: (text) => filter.currency !== undefined && parseMinor(text, filter.currency).ok,
    q: (text) => text.length <= SEARCH_MAX && searchText(text) !== '',
  };
  const known = ['range', ...FILTER_KEYS];
  const strange = Object.keys(params).filter((key) => !known.includes(key) && !(PASSED_OVER as readonly string[]).includes(key));
  return [...known, ...strange].flatMap((key): readonly Misread[] => {
    const given = params[key];
    const whole = typeof given === 'string' ? given : (given ?? []).join(', ');
    if (whole.trim() === '') return [];
    const isReadable = Object.hasOwn(readable, key) ? readable[key] : undefined;
    if (!isReadable) return [{ key, text: visible(whole), rest: null }];
    if (!(LISTS as readonly string[]).includes(key))
      return typeof given === 'string' && isReadable(given) ? [] : [{ key, text: visible(whole), rest: null }];
    const asked = pieces(given);
    const [good, bad] = [asked.filter(isReadable).slice(0, NAMES_MAX), asked.filter((text) => !isReadable(text))];
    const over = asked.filter(isReadable).slice(NAMES_MAX);
    if (asked.length > 0 && bad.length + over.length === 0) return [];
    return [
      { key, text: visible(asked.length === 0 ? whole : [...bad, ...over].join(', ')), rest: good.length === 0 ? null : good.join(',') },
    ];
  });
}

// What one does not see in an address is just what made it unreadable.
function visible(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
}

/** Parameters that hold several values; `route` is one of two, so naming both is naming none. */
const LISTS = ['payer', 'payee', 'institution', 'intermediary', 'type', 'status', 'account'] as const;
/** What the bar and the way back put into an address without narrowing its rows. */
const PASSED_OVER = ['compare', 'from'] as const;

/** The part of `params` that filters, in a fixed order: two addresses of the same rows are the same text. */
export function filterQuery(params: SearchParams): URLSearchParams {
  const query = new URLSearchParams();
  for (const key of ['range', ...FILTER_KEYS]) {
    const given = params[key];
    const value = typeof given === 'string' ? given : given?.join(',');
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
  return pieces(value)
    .filter((name) => NAME.test(name))
    .slice(0, NAMES_MAX);
}

/** What a list names, once each, however often its parameter is given. */
function pieces(value: string | readonly string[] | undefined): readonly string[] {
  const given = typeof value === 'string' ? [value] : (value ?? []);
  return [...new Set(given.flatMap((text) => text.split(',')).map((name) => name.trim()))].filter((name) => name !== '');
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/;

function among<T extends string>(known: readonly T[], value: string | readonly string[] | undefined): readonly T[] {
  const asked = new Set<string>(list(value));
  return known.filter((one) => asked.has(one));
}

function statusClass(status: string): string {
  return status === 'received' ? 'unknown' : status;
}

function minor(text: string | undefined, currency: string): bigint | undefined {
  if (text === undefined) return undefined;
  const parsed = parseMinor(text, currency);
  return parsed.ok ? parsed.minor : undefined;
}
