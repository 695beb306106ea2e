/** An account number as the server masked it. The full number never reaches the browser through this. */
export function MaskedAccount({ masked }: { readonly masked: string }) {
  return <span className="nowrap">{masked}</span>;
}
