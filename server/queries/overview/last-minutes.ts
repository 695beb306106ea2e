import 'server-only';
import * as z from 'zod';
import { DAY_MS, type TimeRange } from '@/domain/time-range';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { requireWholePlatform } from './whole-platform';

const MINUTE_MS = 60_000;
const Row = z.object({ payments: z.coerce.number().int(), before: z.coerce.number().int().nullable() });

/** Long enough that the figure is not mostly chance, short enough to be called now. */
export const NOW_MINUTES = 5;

export type LastMinutes = { readonly range: TimeRange; readonly payments: number; readonly before: number | null };

/** Payments of the last five whole minutes before `asOf`, and of the same minutes a week earlier; null where there are none from then. */
export async function lastMinutes(actor: Actor, { asOf }: { asOf: Date }): Promise<LastMinutes> {
  requireWholePlatform(actor);
  const to = new Date(Math.floor(asOf.getTime() / MINUTE_MS) * MINUTE_MS);
  const from = new Date(to.getTime() - NOW_MINUTES * MINUTE_MS);
  const weekFrom = new Date(from.getTime() - 7 * DAY_MS);
  const weekTo = new Date(to.getTime() - 7 * DAY_MS);
  const rows = await database().$queryRaw`
    select
      coalesce(sum(succeeded + declined + failed + unknown) filter (where minute >= ${from}), 0)::text as payments,
      sum(succeeded + declined + failed + unknown) filter (where minute < ${weekTo})::text as before
    from platform_minute
    where (minute >= ${from} and minute < ${to})
      or (minute >= ${weekFrom} and minute < ${weekTo})`;
  const [row] = z.array(Row).length(1).parse(rows);
  return { range: { from, to }, ...(row as z.infer<typeof Row>) };
}
