import type { ClientBase } from 'pg';
import { countsOf } from './hour-figures';

export type WindowFigure = { readonly all: number; readonly failed: number; readonly paidMinor: number; readonly receivedMinor: number };

/** The payments of a window of every institution that has enough of them, by institution and currency. Minutes of institutions are kept for two days. */
export async function institutionWindow(
  client: ClientBase,
  window: { readonly fromMs: number; readonly toMs: number; readonly volumeMin: number },
): Promise<ReadonlyMap<string, WindowFigure & { readonly institutionId: number; readonly currency: string }>> {
  const { rows } = await client.query<WindowFigure & { institutionId: number; currency: string }>(
    `select institution_id as "institutionId", currency, sum(succeeded + declined + failed)::double precision as "all",
       sum(failed)::double precision as failed,
       coalesce(sum(amount_minor) filter (where role = 'payer'), 0)::double precision as "paidMinor",
       coalesce(sum(amount_minor) filter (where role = 'payee'), 0)::double precision as "receivedMinor"
     from institution_minute
     where minute >= to_timestamp($1::double precision / 1000)
       and minute < to_timestamp($2::double precision / 1000)
     group by institution_id, currency
     having sum(succeeded + declined + failed) >= $3`,
    [window.fromMs, window.toMs, window.volumeMin],
  );
  return new Map(rows.map((row) => [`${row.institutionId} ${row.currency}`, row]));
}

/** The platform's payments of windows of one length that end so long before `toMs`, in the order asked for. */
export async function platformWindows(
  client: ClientBase,
  { toMs, lengthMs, backMs }: { readonly toMs: number; readonly lengthMs: number; readonly backMs: readonly number[] },
): Promise<readonly { readonly all: number; readonly failed: number; readonly latency: readonly number[] }[]> {
  const { rows } = await client.query<{ place: number; all: number; failed: number; latency: string }>(
    `select place::integer, (succeeded + declined + failed)::double precision as "all", failed::double precision as failed,
       latency::text as latency
     from unnest($1::double precision[]) with ordinality as w (ends, place)
     join platform_minute m on m.minute >= to_timestamp((w.ends - $2::double precision) / 1000) and m.minute < to_timestamp(w.ends / 1000)`,
    [backMs.map((back) => toMs - back), lengthMs],
  );
  const windows = backMs.map(() => ({ all: 0, failed: 0, latency: [] as number[] }));
  for (const { place, all, failed, latency } of rows) {
    const window = windows[place - 1];
    if (!window) continue;
    window.all += all;
    window.failed += failed;
    for (const [bucket, count] of countsOf(latency).entries()) window.latency[bucket] = (window.latency[bucket] ?? 0) + count;
  }
  return windows;
}
