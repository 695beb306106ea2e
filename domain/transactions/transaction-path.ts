import { transactionLink, withSearch } from '../links';

/** Ids of which every character survives a path as it is; any other payment is addressed by its key. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9_~-]*(?:\.[A-Za-z0-9_~-]+)*$/;

/** Address of one payment's page; `from` is the address that its breadcrumb leads back to. */
export function transactionPath({ id, key }: { readonly id: string; readonly key: string }, from?: string): string {
  return withSearch(transactionLink(PLAIN.test(id) ? id : key), { from });
}

const BACK = /^\/(?:transactions|flows|institutions|overview|quarantine|cases)(?:[/?][\x21-\x7e]{0,2000})?$/;

/** The address that a breadcrumb may lead back to: one of the console's own, else undefined. */
export function backAddress(from: string | readonly string[] | undefined): string | undefined {
  return typeof from === 'string' && BACK.test(from) && !from.includes('//') && !from.includes('\\') ? from : undefined;
}
