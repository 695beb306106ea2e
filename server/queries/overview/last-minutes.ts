import 'server-only';
import * as z from 'zod';
import { DAY_MS, type TimeRange } from '@/domain/time-range';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';
import { requireWholePlatform } from './whole-platform';

const MINUTE_MS = 60_000;
/** What may be called now. */
const MINUTES = [5, 15, 60] as const;
/** With so many payments a figure moves by some three percent from chance alone: fewer would read as rises and falls that are none. */
const TELLING = 2_000;

const Count = z.coerce.number().int();
const Row = z.object({
  now5: Count,
  now15: Count,
  now60: Count,
  before5: Count.nullable(),
  before15: Count.nullable(),
  before60: Count.nullable(),
});

export type LastMinutes = {
  readonly minutes: number;
  readonly range: TimeRange;
  readonly payments: number;
  readonly before: number | null;
};

/**
 * Payments of the last whole minutes before `asOf`, and of the same minutes a week earlier; null where there are none from then. Five
 * minutes on a busy platform, on a quiet one as many, an hour at most, as say more than chance does.
 */
export async function lastMinutes(actor: Actor, { asOf }: { asOf: Date }): Promise<LastMinutes> {
  requireWholePlatform(actor);
  const to = new Date(Math.floor(asOf.getTime() / MINUTE_MS) * MINUTE_MS);
  const from = (minutes: number) => new Date(to.getTime() - minutes * MINUTE_MS);
  const week = (at: Date) => new Date(at.getTime() - 7 * DAY_MS);
  const counted = Prisma.sql`sum(succeeded + declined + failed + unknown)`;
  const rows = await database().$queryRaw`
    select
      coalesce(${counted} filter (where minute >= ${from(5)}), 0)::text as now5,
      coalesce(${counted} filter (where minute >= ${from(15)}), 0)::text as now15,
      coalesce(${counted} filter (where minute >= ${from(60)}), 0)::text as now60,
      (${counted} filter (where minute >= ${week(from(5))} and minute < ${week(to)}))::text as before5,
      (${counted} filter (where minute >= ${week(from(15))} and minute < ${week(to)}))::text as before15,
      (${counted} filter (where minute < ${week(to)}))::text as before60
    from platform_minute
    where (minute >= ${from(60)} and minute < ${to})
      or (minute >= ${week(from(60))} and minute < ${week(to)})`;
  const row = z.array(Row).length(1).parse(rows)[0] as z.infer<typeof Row>;
  const minutes = MINUTES.find((one) => row[`now${one}`] >= TELLING) ?? 60;
  return { minutes, payments: row[`now${minutes}`], before: row[`before${minutes}`], range: { from: from(minutes), to } };
}
