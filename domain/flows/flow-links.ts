/** What every link of a flow screen carries on: the very range its figures were added up over. */
export type FlowLinkBase = {
  /** Whole hours, as the address bar writes a range. */
  readonly range: string;
  readonly currency: string;
  readonly types: readonly string[];
  /** Present address parameters that the pair page takes over: range as chosen, comparison, currency, types. */
  readonly pairSearch: string;
};

/** Lists of institution codes; undefined is every institution. */
export type PaymentsFilter = { readonly payers?: readonly string[]; readonly payees?: readonly string[]; readonly succeededOnly: boolean };

export function pairLink({ pairSearch }: FlowLinkBase, payer: string, payee: string): string {
  return `/flows/${encodeURIComponent(payer)}/${encodeURIComponent(payee)}${pairSearch === '' ? '' : `?${pairSearch}`}`;
}

/** The payments that a figure counts: an amount adds up succeeded payments only, a count every payment. */
export function paymentsLink(
  { range, currency, types }: Omit<FlowLinkBase, 'pairSearch'>,
  { payers, payees, succeededOnly }: PaymentsFilter,
): string {
  const search = new URLSearchParams({ range, currency });
  if (payers) search.set('payer', payers.join(','));
  if (payees) search.set('payee', payees.join(','));
  if (types.length > 0) search.set('type', types.join(','));
  if (succeededOnly) search.set('status', 'succeeded');
  return `/transactions?${search.toString().replaceAll('%2C', ',').replaceAll('%7E', '~').replaceAll('%3A', ':')}`;
}
