import type { BusinessType } from '../clearing/transaction';
import { transactionsLink, withSearch } from '../links';
import { formatRange, type TimeRange } from '../time-range';

/** What every link of a flow screen carries on: the very range its figures were added up over. */
export type FlowLinkBase = {
  /** Whole hours, as the address bar writes a range. */
  readonly range: string;
  readonly currency: string;
  /** Empty: all. */
  readonly types: readonly BusinessType[];
  /** Parameters of the present address that the pair page takes over: the range as chosen, comparison, currency, types. */
  readonly shared: Readonly<Record<string, string>>;
};

/** Lists of institution codes; undefined is every institution. */
export type PaymentsFilter = { readonly payers?: readonly string[]; readonly payees?: readonly string[]; readonly succeededOnly: boolean };

export function pairLink({ shared }: Pick<FlowLinkBase, 'shared'>, payer: string, payee: string): string {
  return withSearch(`/flows/${encodeURIComponent(payer)}/${encodeURIComponent(payee)}`, shared);
}

/** The payments that a figure counts: an amount adds up succeeded payments only, a count every payment. */
export function paymentsLink(
  { range, currency, types }: Omit<FlowLinkBase, 'shared'>,
  { payers, payees, succeededOnly }: PaymentsFilter,
): string {
  return transactionsLink({
    range,
    currency,
    ...(payers && { payer: payers }),
    ...(payees && { payee: payees }),
    ...(types.length > 0 && { type: types }),
    ...(succeededOnly && { status: ['succeeded'] }),
  });
}

/** An address with its range replaced. */
export function rangeLink(address: string, range: TimeRange): string {
  const [path = '', search = ''] = address.split('?');
  return withSearch(path, { ...Object.fromEntries(new URLSearchParams(search)), range: formatRange(range) });
}
