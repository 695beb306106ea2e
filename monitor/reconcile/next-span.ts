import type { ClientBase } from 'pg';
import type { Span } from './compare-tier';
import { wholeHours } from './reconcile-span';

const HOUR_MS = 3_600_000;
const RECENT_HOURS = 3;
const SPAN_HOURS_MAX = 31 * 24;
/** Rows that one run may add up; a single hour is always done whole. */
const RECENT_ROWS_MAX = 300_000;
const HISTORY_ROWS_MAX = 150_000;

/** The hours that every run proves: the present one, and up to two before it. */
export async function recentSpan(client: ClientBase, nowMs: number): Promise<Span> {
  const to = Math.ceil((nowMs + 1) / HOUR_MS) * HOUR_MS;
  return await widened(client, { to, hoursMax: RECENT_HOURS, rowsMax: RECENT_ROWS_MAX });
}

/**
 * The next stretch of history below `before`, as many hours as are affordable; null where nothing lies below it.
 * Called again with the start of the last span it walks to the beginning of time.
 */
export async function historySpan(client: ClientBase, before: Date): Promise<Span | null> {
  const { rows } = await client.query<{ at: Date | null }>(
    `select greatest(
       (select max(hour) from platform_hour where hour < $1),
       (select max(hour) from pair_hour where hour < $1),
       (select max(hour) from institution_hour where hour < $1),
       (select max(accepted_at) from clearing_transaction where accepted_at < $1)
     ) as at`,
    [before],
  );
  const at = rows[0]?.at;
  if (!at) return null;
  const { to } = wholeHours({ from: at, to: new Date(at.getTime() + 1) });
  return await widened(client, { to: to.getTime(), hoursMax: SPAN_HOURS_MAX, rowsMax: HISTORY_ROWS_MAX });
}

async function widened(client: ClientBase, { to, hoursMax, rowsMax }: { to: number; hoursMax: number; rowsMax: number }): Promise<Span> {
  const { rows } = await client.query<{ hour: Date; count: string }>(
    `select hour, sum(succeeded + declined + failed + unknown)::text as count
     from platform_hour
     where hour >= $1
       and hour < $2
     group by hour
     order by hour desc`,
    [new Date(to - hoursMax * HOUR_MS), new Date(to)],
  );
  let from = to - hoursMax * HOUR_MS;
  let sum = 0;
  for (const { hour, count } of rows) {
    sum += Number(count);
    if (sum <= rowsMax) continue;
    from = Math.min(hour.getTime() + HOUR_MS, to - HOUR_MS);
    break;
  }
  return { from: new Date(from), to: new Date(to) };
}
