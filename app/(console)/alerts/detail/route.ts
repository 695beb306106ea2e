import { getLocale } from 'next-intl/server';
import { alertView } from '@/server/queries/alerts/alert-view';
import { requireActor } from '@/server/session';

/** Everything about one alert. */
export async function GET(request: Request): Promise<Response> {
  const actor = await requireActor('alerts:view');
  const alertId = new URL(request.url).searchParams.get('id') ?? '';
  if (!/^\d{1,18}$/.test(alertId)) return Response.json({ fault: 'no such alert' }, { status: 400 });
  const view = await alertView(actor, { alertId, locale: await getLocale(), at: new Date() });
  if (!view) return Response.json({ fault: 'no such alert' }, { status: 404 });
  return Response.json(view, { headers: { 'cache-control': 'no-store' } });
}
