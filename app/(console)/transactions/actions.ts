'use server';

import { getLocale } from 'next-intl/server';
import * as z from 'zod';
import { withSearch } from '@/domain/links';
import { searchText } from '@/domain/transactions/transaction-filter';
import { transactionPath } from '@/domain/transactions/transaction-path';
import type { TransactionRow } from '@/domain/transactions/transaction-row';
import { RevealAccounts, revealAccounts } from '@/server/commands/transactions/reveal-accounts';
import { isCommandFault } from '@/server/errors';
import { accountsOfNumber } from '@/server/queries/transactions/accounts-of-number';
import { findTransactions } from '@/server/queries/transactions/find-transactions';
import type { FoundInstitution } from '@/server/queries/transactions/institutions-by-code';
import { matchingInstitutions } from '@/server/queries/transactions/matching-institutions';
import { TransactionCursor, transactionRows } from '@/server/queries/transactions/transaction-rows';
import { requireActor } from '@/server/session';
import { listQuestion } from './list-question';

export type Searched = { readonly kind: 'go'; readonly href: string } | { readonly kind: 'nothing'; readonly wasAccount: boolean };

const LONG_NUMBER = /^[0-9][0-9 -]{6,62}[0-9]$/;

/**
 * Where a search leads: to the one payment, or to a list. A full account number is resolved here, in the body of a request, so that it
 * never stands in an address.
 */
export async function searchTransactions(text: string): Promise<Searched> {
  const actor = await requireActor('transactions:view');
  const q = searchText(z.string().max(500).parse(text));
  if (q === '') return { kind: 'nothing', wasAccount: false };
  const found = await findTransactions(actor, { id: q });
  if (found.length === 1 && found[0]) return { kind: 'go', href: transactionPath(found[0]) };
  if (found.length > 1) return { kind: 'go', href: withSearch('/transactions', { q }) };
  if (!LONG_NUMBER.test(q)) return { kind: 'go', href: withSearch('/transactions', { q }) };
  const digits = q.replace(/[ -]/g, '');
  const accounts = [
    ...(await accountsOfNumber(actor, { number: q })),
    ...(digits === q ? [] : await accountsOfNumber(actor, { number: digits })),
  ];
  if (!accounts[0]) return { kind: 'nothing', wasAccount: true };
  return { kind: 'go', href: withSearch('/transactions', { account: accounts.join(',') }) };
}

const More = z.object({
  search: z.string().max(4000),
  currency: z.string().length(3),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  after: TransactionCursor,
});
export type MoreTransactions = z.infer<typeof More>;
export type MoreRows = { readonly rows: readonly TransactionRow[]; readonly next: TransactionCursor | null };

/** The page after `after` of the list that an address asks for, over the span that the first page was of. */
export async function moreTransactions(input: MoreTransactions): Promise<MoreRows> {
  const actor = await requireActor('transactions:view');
  const { search, currency, from, to, after } = More.parse(input);
  const locale = await getLocale();
  const params = Object.fromEntries(new URLSearchParams(search));
  const question = await listQuestion(actor, { params, range: { from: new Date(from), to: new Date(to) }, currency, locale });
  return await transactionRows(actor, { scope: question.scope, after, limit: 100, locale });
}

/** Institutions to filter by. */
export async function suggestInstitutions(text: string): Promise<readonly FoundInstitution[]> {
  const actor = await requireActor('transactions:view');
  const wanted = searchText(z.string().max(100).parse(text));
  return wanted === '' ? [] : await matchingInstitutions(actor, { text: wanted, locale: await getLocale() });
}

export type Revealed =
  | { readonly kind: 'revealed'; readonly payer: string | null; readonly payee: string | null }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'failed' };

/** Opens the two account numbers of a payment; audited. */
export async function revealNumbers(input: RevealAccounts): Promise<Revealed> {
  const actor = await requireActor('accounts:reveal');
  const parsed = RevealAccounts.safeParse(input);
  if (!parsed.success) return { kind: 'invalid' };
  try {
    return { kind: 'revealed', ...(await revealAccounts(actor, parsed.data)) };
  } catch (error) {
    if (isCommandFault(error)) return { kind: 'failed' };
    throw error;
  }
}
