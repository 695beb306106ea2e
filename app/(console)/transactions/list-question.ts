import type { RangeChoice, TimeRange } from '@/domain/time-range';
import {
  type FilterKey,
  type Misread,
  misreadParts,
  parseTransactionFilter,
  type SearchParams,
  type TransactionFilter,
} from '@/domain/transactions/transaction-filter';
import { accountsEndingIn, type MatchedAccounts } from '@/server/queries/transactions/accounts-ending-in';
import { FOUND_MAX, findTransactions } from '@/server/queries/transactions/find-transactions';
import { type FoundInstitution, institutionsByCode } from '@/server/queries/transactions/institutions-by-code';
import type { TransactionScope } from '@/server/queries/transactions/transaction-conditions';
import type { Actor } from '@/server/session';

/** What a search in the address means. */
export type SearchMatch =
  | { readonly kind: 'one'; readonly key: string; readonly id: string }
  | { readonly kind: 'several'; readonly count: number; readonly isMax: boolean }
  | { readonly kind: 'accounts'; readonly digits: string; readonly matched: MatchedAccounts }
  | { readonly kind: 'nothing' };

/** The address bar's question, resolved to rows of the database. */
export type ListQuestion = {
  readonly filter: TransactionFilter;
  readonly scope: TransactionScope;
  readonly institutions: readonly FoundInstitution[];
  /** Codes that no institution has: they match no payment. */
  readonly unknownCodes: readonly string[];
  readonly match: SearchMatch | null;
  /** What the address says that cannot be read: while there is any, no payment matches. */
  readonly misread: readonly Misread[];
};

/** Institution that no payment has: stands for a code nobody has. */
const NOBODY = 0;
const LAST_DIGITS = /^[0-9A-Za-z]{2,4}$/;

export async function listQuestion(
  actor: Actor,
  input: { params: SearchParams; range: TimeRange; currency: string; locale: string },
): Promise<ListQuestion> {
  const { params, range, currency, locale } = input;
  const filter = parseTransactionFilter(params, currency);
  const misread = misreadParts(params, currency);
  const codes = [...new Set([...filter.payers, ...filter.payees, ...filter.institutions, ...filter.intermediaries])];
  const institutions = await institutionsByCode(actor, { codes, locale });
  const ids = (wanted: readonly string[]) => wanted.map((code) => institutions.find((one) => one.code === code)?.id ?? NOBODY);
  const scope: TransactionScope = {
    range,
    currency: filter.currency,
    payerIds: ids(filter.payers),
    payeeIds: ids(filter.payees),
    institutionIds: ids(filter.institutions),
    intermediaryIds: ids(filter.intermediaries),
    types: filter.types,
    statuses: filter.statuses,
    route: filter.route,
    final: filter.final,
    accountIds: filter.accounts.length === 0 ? undefined : filter.accounts,
    minMinor: filter.minMinor,
    maxMinor: filter.maxMinor,
  };
  const unknownCodes = codes.filter((code) => !institutions.some((one) => one.code === code));
  if (misread.length > 0) return { filter, scope: { ...scope, accountIds: [] }, institutions, unknownCodes, match: null, misread };
  const found = filter.q === '' ? null : await searched(actor, { q: filter.q, scope, locale });
  return { filter, scope: found?.scope ?? scope, institutions, unknownCodes, match: found?.match ?? null, misread };
}

/** The span that a list is of. The newest payment lies at the very end of a live range, which would leave it out. */
export function listRange({ choice, range, dataAt }: { choice: RangeChoice; range: TimeRange; dataAt: Date }): TimeRange {
  if (choice.kind === 'absolute') return range;
  return { from: range.from, to: new Date(Math.floor(dataAt.getTime() / 1000) * 1000 + 1000) };
}

// An id is unique across all time, so a search by id looks beyond the chosen range; last digits stay inside it.
async function searched(
  actor: Actor,
  { q, scope, locale }: { q: string; scope: TransactionScope; locale: string },
): Promise<{ match: SearchMatch; scope: TransactionScope }> {
  const found = await findTransactions(actor, { id: q });
  const [first] = found;
  if (first && found.length === 1) return { match: { kind: 'one', key: first.key, id: first.id }, scope };
  if (first) {
    const last = found.at(-1) ?? first;
    const range = { from: last.acceptedAt, to: new Date(first.acceptedAt.getTime() + 1) };
    const match: SearchMatch = { kind: 'several', count: found.length, isMax: found.length === FOUND_MAX };
    return { match, scope: { ...scope, range, keys: found.map(({ key }) => key) } };
  }
  if (!LAST_DIGITS.test(q)) return { match: { kind: 'nothing' }, scope: { ...scope, accountIds: [] } };
  const matched = await accountsEndingIn(actor, { digits: q, locale });
  const accountIds = matched.accounts.map(({ id }) => id);
  if (accountIds.length === 0) return { match: { kind: 'nothing' }, scope: { ...scope, accountIds: [] } };
  return { match: { kind: 'accounts', digits: q, matched }, scope: { ...scope, accountIds } };
}

/** The filters that are set, in the order of the bar. */
export function setFilters(filter: TransactionFilter): readonly FilterKey[] {
  const set: Record<FilterKey, boolean> = {
    currency: filter.currency !== undefined,
    payer: filter.payers.length > 0,
    payee: filter.payees.length > 0,
    institution: filter.institutions.length > 0,
    intermediary: filter.intermediaries.length > 0,
    type: filter.types.length > 0,
    status: filter.statuses.length > 0,
    route: filter.route !== undefined,
    final: filter.final !== undefined,
    account: filter.accounts.length > 0,
    min: filter.minMinor !== undefined,
    max: filter.maxMinor !== undefined,
    q: filter.q !== '',
  };
  return (Object.keys(set) as FilterKey[]).filter((key) => set[key]);
}
