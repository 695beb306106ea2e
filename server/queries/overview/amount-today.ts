import 'server-only';
import * as z from 'zod';
import { SLOT_MS } from '@/domain/overview/rollup-window';
import { DAY_MS, startOfBusinessDay, type TimeRange } from '@/domain/time-range';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { requireWholePlatform } from './whole-platform';

const Row = z.object({
  today: z.coerce.bigint(),
  whole: z.coerce.bigint(),
  before: z.coerce.bigint(),
  paymentsWhole: z.coerce.bigint(),
  paymentsBefore: z.coerce.bigint(),
});

export type AmountToday = z.infer<typeof Row> & {
  /** The business day so far: its rows add up to `today`. */
  readonly range: TimeRange;
};

/**
 * What succeeded in `currency` since the business day began, up to `asOf`: where that is the end of the data, to the newest payment,
 * else to the last whole slot of five minutes. `whole` leaves out the slot that is not over, and `before` is the same slots of the same
 * day a week earlier, so that the two may be compared; payments are of all currencies.
 */
export async function amountToday(
  actor: Actor,
  { asOf, dataAt, currency }: { asOf: Date; dataAt: Date; currency: string },
): Promise<AmountToday> {
  requireWholePlatform(actor);
  const atEnd = asOf >= dataAt;
  // A span that ends at midnight ends with the day before: its end is not of it, while the newest payment is of the data.
  const from = startOfBusinessDay(atEnd ? asOf : new Date(asOf.getTime() - 1));
  const wholeTo = new Date(Math.floor(asOf.getTime() / SLOT_MS) * SLOT_MS);
  const to = atEnd ? new Date(Math.floor(dataAt.getTime() / 1000) * 1000 + 1000) : wholeTo;
  const weekFrom = new Date(from.getTime() - 7 * DAY_MS);
  const weekTo = new Date(wholeTo.getTime() - 7 * DAY_MS);
  const rows = await database().$queryRaw`
    select
      coalesce(sum(amount_minor) filter (where slot >= ${from} and currency = ${currency}), 0)::text as today,
      coalesce(sum(amount_minor) filter (where slot >= ${from} and slot < ${wholeTo} and currency = ${currency}), 0)::text as whole,
      coalesce(sum(amount_minor) filter (where slot < ${weekTo} and currency = ${currency}), 0)::text as before,
      coalesce(sum(succeeded + declined + failed + unknown) filter (where slot >= ${from} and slot < ${wholeTo}), 0)::text as "paymentsWhole",
      coalesce(sum(succeeded + declined + failed + unknown) filter (where slot < ${weekTo}), 0)::text as "paymentsBefore"
    from platform_slot
    where (slot >= ${from} and slot < ${to})
      or (slot >= ${weekFrom} and slot < ${weekTo})`;
  const [row] = z.array(Row).length(1).parse(rows);
  return { ...(row as z.infer<typeof Row>), range: { from, to } };
}
