import { parseAlertFilter } from '@/domain/alerts/alert-filter';
import type { SearchParams } from '@/server/page-context';
import { institutionsByCode } from '@/server/queries/transactions/institutions-by-code';
import type { Actor } from '@/server/session';

/** The address of the inbox, read: which list, and which alert is open beside it. */
export async function inboxQuestion(actor: Actor, { search, locale }: { search: Awaited<SearchParams>; locale: string }) {
  const filter = parseAlertFilter(search);
  const chosen = Array.isArray(search.alert) ? search.alert[0] : search.alert;
  const institutions = await institutionsByCode(actor, { codes: filter.institutions, locale });
  return { filter, chosen: /^\d{1,18}$/.test(chosen ?? '') ? (chosen as string) : null, institutions };
}
