import 'server-only';
import * as z from 'zod';
import { DAY_MS } from '@/domain/time-range';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { requireWholePlatform } from './whole-platform';

const HOUR_MS = 3_600_000;
const Row = z.object({ open: z.int(), high: z.int(), openBefore: z.int(), arrivals: z.array(z.int()) });
export type OpenAlerts = z.infer<typeof Row>;

/**
 * Alerts nobody has disposed of: now, how many of them are of high severity, and how many stood open at `asOf` a week ago; and how many began
 * in each of the last 24 hours, by the time of what they are about.
 */
export async function openAlerts(actor: Actor, { asOf }: { asOf: Date }): Promise<OpenAlerts> {
  requireWholePlatform(actor);
  const weekAgo = new Date(asOf.getTime() - 7 * DAY_MS);
  const dayAgo = new Date(asOf.getTime() - DAY_MS);
  const rows = await database().$queryRaw`
    select
      (select count(*)::int from alert where state = 'open') as open,
      (select count(*)::int from alert where state = 'open' and severity = 'high') as high,
      (select count(*)::int from alert
        where opened_at < ${weekAgo}
          and (disposed_at is null or disposed_at >= ${weekAgo})) as "openBefore",
      (select array_agg(coalesce(began, 0) order by n)
        from generate_series(0, 23) n
        left join (
          select floor(extract(epoch from opened_at - ${dayAgo}::timestamptz) / ${HOUR_MS / 1000})::int as hour, count(*)::int as began
          from alert
          where opened_at >= ${dayAgo}
            and opened_at < ${asOf}
          group by 1
        ) by_hour on by_hour.hour = n) as arrivals`;
  const [row] = z.array(Row).length(1).parse(rows);
  return row as OpenAlerts;
}
