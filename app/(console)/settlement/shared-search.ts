import { SHARED_KEYS } from '@/domain/links';

/** What the bar's controls set, of an address. */
export function sharedOf(search: Readonly<Record<string, string | string[] | undefined>>): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(SHARED_KEYS.map((key) => [key, typeof search[key] === 'string' ? search[key] : undefined]));
}
