/** An agreement number as screens show it, "SGN-****-8841": it authorises debits, so its middle stays out of sight. */
export function maskReference(reference: string): string {
  if (reference.length < 8) return `****${reference.slice(-2)}`;
  const head = /^[A-Za-z]{1,4}-?/.exec(reference)?.[0] ?? reference.slice(0, 2);
  return `${head}****${reference.slice(-4)}`;
}
