import 'server-only';
import * as z from 'zod';
import { DAY_MS, type TimeRange } from '@/domain/time-range';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { requireWholePlatform } from './whole-platform';

const MINUTE_MS = 60_000;
const Row = z.object({ payments: z.coerce.number().int(), before: z.coerce.number().int().nullable() });

export type LastMinute = { readonly range: TimeRange; readonly payments: number; readonly before: number | null };

/**
 * Payments of the last whole minute before `asOf`, and of the same minute a week earlier (the mean of the five around it, since one minute of
 * a quiet platform is mostly chance); null where the platform has nothing from that time.
 */
export async function lastMinute(actor: Actor, { asOf }: { asOf: Date }): Promise<LastMinute> {
  requireWholePlatform(actor);
  const to = new Date(Math.floor(asOf.getTime() / MINUTE_MS) * MINUTE_MS);
  const from = new Date(to.getTime() - MINUTE_MS);
  const weekFrom = new Date(from.getTime() - 7 * DAY_MS - 2 * MINUTE_MS);
  const weekTo = new Date(to.getTime() - 7 * DAY_MS + 2 * MINUTE_MS);
  const rows = await database().$queryRaw`
    select
      coalesce(sum(succeeded + declined + failed + unknown) filter (where minute >= ${from}), 0)::text as payments,
      (sum(succeeded + declined + failed + unknown) filter (where minute < ${weekTo}) / 5)::bigint::text as before
    from platform_minute
    where (minute >= ${from} and minute < ${to})
      or (minute >= ${weekFrom} and minute < ${weekTo})`;
  const [row] = z.array(Row).length(1).parse(rows);
  return { range: { from, to }, ...(row as z.infer<typeof Row>) };
}
