import 'server-only';
import * as z from 'zod';
import type { BusinessType } from '@/domain/clearing/transaction';
import { BUSINESS_TYPES } from '@/domain/clearing/transaction';
import type { DayWindow } from '@/domain/cut-over/window';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';

const Sum = z.coerce.bigint();
const Row = z.object({
  day: z.string(),
  businessType: z.enum(BUSINESS_TYPES).nullable(),
  clearedCount: Sum,
  clearedMinor: Sum,
  confirmedCount: Sum,
  directCount: Sum,
  directMinor: Sum,
  debitCount: Sum,
  debitMinor: Sum,
  residualCount: Sum,
  residualMinor: Sum,
  nestedCount: Sum,
  nestedMinor: Sum,
});
export type TrendDay = z.infer<typeof Row>;

/** Sums of each closed day of a window; days without anything are left out. */
export async function cutOverTrend(
  actor: Actor,
  scope: { window: DayWindow; currency: string; institutionId?: number; bankId?: number; businessType?: BusinessType },
): Promise<readonly TrendDay[]> {
  const { window, currency, institutionId, bankId, businessType } = scope;
  const own =
    actor.institutionId === null
      ? Prisma.sql`true`
      : Prisma.sql`(institution_id = ${actor.institutionId} or bank_id = ${actor.institutionId})`;
  const rows = await database().$queryRaw`
    select day::text as day, null as "businessType",
      sum(cleared_count)::text as "clearedCount", sum(cleared_minor)::text as "clearedMinor",
      sum(confirmed_count)::text as "confirmedCount",
      sum(direct_count)::text as "directCount", sum(direct_minor)::text as "directMinor",
      sum(debit_count)::text as "debitCount", sum(debit_minor)::text as "debitMinor",
      sum(residual_count)::text as "residualCount", sum(residual_minor)::text as "residualMinor",
      sum(nested_count)::text as "nestedCount", sum(nested_minor)::text as "nestedMinor"
    from cut_over_day
    where day >= ${window.from}::date
      and day <= ${window.to}::date
      and currency = ${currency}
      and ${own}
      and ${institutionId === undefined ? Prisma.sql`true` : Prisma.sql`institution_id = ${institutionId}`}
      and ${bankId === undefined ? Prisma.sql`true` : Prisma.sql`bank_id = ${bankId}`}
      and ${businessType === undefined ? Prisma.sql`true` : Prisma.sql`business_type = ${businessType}::business_type`}
    group by 1
    order by 1`;
  return z.array(Row).parse(rows);
}
