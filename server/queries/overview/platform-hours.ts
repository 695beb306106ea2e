import 'server-only';
import * as z from 'zod';
import type { TimeRange } from '@/domain/time-range';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { requireWholePlatform } from './whole-platform';

const Row = z.object({
  hour: z.date(),
  succeeded: z.coerce.bigint(),
  declined: z.coerce.bigint(),
  failed: z.coerce.bigint(),
  unknown: z.coerce.bigint(),
  amountMinor: z.coerce.bigint(),
});
export type PlatformHour = z.infer<typeof Row>;

/** Outcomes of all payments and the amount that succeeded in `currency`, hour by hour; hours without payments are left out. */
export async function platformHours(actor: Actor, { range, currency }: { range: TimeRange; currency: string }): Promise<PlatformHour[]> {
  requireWholePlatform(actor);
  const rows = await database().$queryRaw`
    select hour,
      sum(succeeded)::text as succeeded,
      sum(declined)::text as declined,
      sum(failed)::text as failed,
      sum(unknown)::text as unknown,
      coalesce(sum(amount_minor) filter (where currency = ${currency}), 0)::text as "amountMinor"
    from platform_hour
    where hour >= ${range.from}
      and hour < ${range.to}
    group by hour
    order by hour`;
  return z.array(Row).parse(rows);
}
