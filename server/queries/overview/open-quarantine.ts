import 'server-only';
import * as z from 'zod';
import { DAY_MS } from '@/domain/time-range';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { requireWholePlatform } from './whole-platform';

const HOUR_MS = 3_600_000;
const Row = z.object({ open: z.int(), openBefore: z.int(), arrivals: z.array(z.int()) });
export type OpenQuarantine = z.infer<typeof Row>;

/** Quarantined lines nobody has settled yet: now, and at `asOf` a week ago; and how many arrived in each of the last 24 hours. */
export async function openQuarantine(actor: Actor, { asOf }: { asOf: Date }): Promise<OpenQuarantine> {
  requireWholePlatform(actor);
  const weekAgo = new Date(asOf.getTime() - 7 * DAY_MS);
  const dayAgo = new Date(asOf.getTime() - DAY_MS);
  const rows = await database().$queryRaw`
    select
      (select count(*)::int from quarantined_line where resolved_at is null) as open,
      (select count(*)::int from quarantined_line
        where received_at < ${weekAgo}
          and (resolved_at is null or resolved_at >= ${weekAgo})) as "openBefore",
      (select array_agg(coalesce(arrived, 0) order by n)
        from generate_series(0, 23) n
        left join (
          select floor(extract(epoch from received_at - ${dayAgo}::timestamptz) / ${HOUR_MS / 1000})::int as hour, count(*)::int as arrived
          from quarantined_line
          where received_at >= ${dayAgo}
            and received_at < ${asOf}
          group by 1
        ) by_hour on by_hour.hour = n) as arrivals`;
  const [row] = z.array(Row).length(1).parse(rows);
  return row as OpenQuarantine;
}
