import type { BusinessType } from '@/domain/clearing/transaction';
import { transactionsLink, withSearch } from '@/domain/links';
import { addDays } from './window';

type Cell = { readonly institution: string; readonly bank: string; readonly businessType: BusinessType };
type Span = { readonly from: string; readonly to: string };

export function cutOverLink(
  search: { readonly view?: string; readonly days?: number; readonly type?: string; readonly state?: string } = {},
): string {
  return withSearch('/cutover', { ...search, days: search.days?.toString() });
}

export function cutOverInstitutionLink(
  institution: string,
  search: { readonly days?: number; readonly state?: string; readonly bank?: string } = {},
): string {
  return withSearch(`/cutover/${encodeURIComponent(institution)}`, { ...search, days: search.days?.toString() });
}

export function cutOverCellLink({ institution, bank, businessType }: Cell, search: { readonly days?: number } = {}): string {
  return withSearch(`/cutover/${encodeURIComponent(institution)}/${encodeURIComponent(bank)}/${businessType}`, {
    days: search.days?.toString(),
  });
}

/** The debits that a figure counted. */
export function debitsLink(
  filter: Partial<Cell> & Span & { readonly kind: 'all' | 'residual' | 'matched' | 'nested'; readonly currency: string },
): string {
  const { institution, bank, businessType, kind, from, to, currency } = filter;
  return withSearch('/cutover/debits', { kind, institution, bank, type: businessType, from, to, currency });
}

/** The cells in one state, of all institutions. */
export function cellsLink({ state, days, type }: { readonly state?: string; readonly days?: number; readonly type?: string }): string {
  return withSearch('/cutover/cells', { state, days: days?.toString(), type });
}

/** The agreements that a coverage counted. */
export function agreementsLink(
  filter: Partial<Cell> & Span & { readonly currency: string; readonly known?: 'yes' | 'no' | undefined },
): string {
  const { institution, bank, businessType, known, from, to, currency } = filter;
  return withSearch('/cutover/agreements', { known, institution, bank, type: businessType, from, to, currency });
}

/** The clearing records that no debit confirms. */
export function unconfirmedLink({
  institution,
  bank,
  businessType,
  from,
  to,
  currency,
}: Cell & Span & { readonly currency: string }): string {
  return withSearch('/cutover/unconfirmed', { institution, bank, type: businessType, from, to, currency });
}

/** The clearing records that a figure counted: what the bank was debited for the institution and succeeded. */
export function clearedLink({ institution, bank, businessType, from, to, currency }: Cell & Span & { readonly currency: string }): string {
  return transactionsLink({
    range: `${from}~${addDays(to, 1)}`,
    currency,
    payer: [bank],
    institution,
    type: [businessType],
    status: ['succeeded'],
    route: 'cleared',
  });
}

export function certificateLink(id: string): string {
  return `/cutover/certificates/${id}`;
}
