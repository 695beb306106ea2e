import 'server-only';
import * as z from 'zod';
import type { TimeRange } from '@/domain/time-range';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

const Row = z.object({ before: z.date().nullable(), after: z.date().nullable() });
export type NearestData = z.infer<typeof Row>;

/**
 * The last hour before `range` and the first one after it in which something was paid in `currency`, as far as the actor may see; null
 * where there is none. Of a range that is empty it says where to look instead.
 */
export async function nearestData(actor: Actor, { range, currency }: { range: TimeRange; currency: string }): Promise<NearestData> {
  const { from, to } = range;
  const rows =
    actor.institutionId === null
      ? await database().$queryRaw`
          select
            (select max(hour) from platform_hour where hour < ${from} and currency = ${currency}) as before,
            (select min(hour) from platform_hour where hour >= ${to} and currency = ${currency}) as after`
      : await database().$queryRaw`
          select
            (select max(hour) from institution_hour
              where institution_id = ${actor.institutionId} and hour < ${from} and currency = ${currency}) as before,
            (select min(hour) from institution_hour
              where institution_id = ${actor.institutionId} and hour >= ${to} and currency = ${currency}) as after`;
  return z.array(Row).length(1).parse(rows)[0] as NearestData;
}
