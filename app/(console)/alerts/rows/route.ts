import { getLocale } from 'next-intl/server';
import * as z from 'zod';
import { parseAlertFilter } from '@/domain/alerts/alert-filter';
import { alertRows } from '@/server/queries/alerts/alert-rows';
import { requireActor } from '@/server/session';

const PAGE_ROWS = 100;
const Rest = z.object({
  currency: z.string().length(3),
  at: z.coerce.date(),
  value: z.string().max(64),
  id: z.string().regex(/^\d{1,18}$/),
});

/** The page of a list after a row, as of the moment that the first page was of. */
export async function GET(request: Request): Promise<Response> {
  const actor = await requireActor('alerts:view');
  const params = Object.fromEntries(new URL(request.url).searchParams);
  const rest = Rest.safeParse(params);
  if (!rest.success) return Response.json({ fault: 'the address is not understood' }, { status: 400 });
  const { currency, at, value, id } = rest.data;
  const page = await alertRows(actor, {
    filter: parseAlertFilter(params),
    after: { value, id },
    limit: PAGE_ROWS,
    currency,
    locale: await getLocale(),
    at,
  });
  return Response.json(page, { headers: { 'cache-control': 'no-store' } });
}
