import 'server-only';
import * as z from 'zod';
import { BUSINESS_TYPES } from '@/domain/clearing/transaction';
import { addDays, type DayWindow } from '@/domain/cut-over/window';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';

const Sum = z.coerce.bigint();
const Row = z.object({
  institutionId: z.int(),
  bankId: z.int(),
  businessType: z.enum(BUSINESS_TYPES),
  clearedCount: Sum,
  clearedMinor: Sum,
  unconfirmedCount: Sum,
  directCount: Sum,
  debitCount: Sum,
  residualCount: Sum,
  residualMinor: Sum,
  recentResidual: Sum,
  nestedCount: Sum,
  bankDays: z.int(),
  institutionDays: z.int(),
  incompleteDays: z.int(),
  lastResidualDay: z.string().nullable(),
  daysAtZero: z.int(),
  interfaceOpen: z.boolean(),
});
/**
 * One payment institution × bank × business type over a window of closed days, in one currency. `daysAtZero` counts back from the last
 * closed day: days that the bank declared, on which its single debits add up to its declaration, every clearing record is confirmed by a
 * debit, and nothing went directly by anybody's word.
 */
export type CutOverCell = z.infer<typeof Row>;

const RECENT_DAYS = 7;

/** All cells with anything on them in the window. An institution's own people see the cells that theirs is a side of. */
export async function cutOverCells(
  actor: Actor,
  { window, currency, institutionId, bankId }: { window: DayWindow; currency: string; institutionId?: number; bankId?: number },
): Promise<readonly CutOverCell[]> {
  const own =
    actor.institutionId === null
      ? Prisma.sql`true`
      : Prisma.sql`(institution_id = ${actor.institutionId} or bank_id = ${actor.institutionId})`;
  const rows = await database().$queryRaw`
    with judged as (
      select *, coalesce(${ZERO_DAY}, false) as zero
      from cut_over_day
      where day >= ${window.from}::date
        and day <= ${window.to}::date
        and currency = ${currency}
        and ${own}
        and ${institutionId === undefined ? Prisma.sql`true` : Prisma.sql`institution_id = ${institutionId}`}
        and ${bankId === undefined ? Prisma.sql`true` : Prisma.sql`bank_id = ${bankId}`}
    ),
    placed as (
      select *, row_number() over (partition by institution_id, bank_id, business_type, zero order by day desc) as place
      from judged
    )
    select institution_id as "institutionId", bank_id as "bankId", business_type::text as "businessType",
      sum(cleared_count)::text as "clearedCount",
      sum(cleared_minor)::text as "clearedMinor",
      sum(cleared_count - confirmed_count)::text as "unconfirmedCount",
      sum(direct_count)::text as "directCount",
      sum(debit_count)::text as "debitCount",
      sum(residual_count)::text as "residualCount",
      sum(residual_minor)::text as "residualMinor",
      coalesce(sum(residual_count) filter (where day > ${addDays(window.to, -RECENT_DAYS)}::date), 0)::text as "recentResidual",
      sum(nested_count)::text as "nestedCount",
      count(bank_declared_at)::int as "bankDays",
      count(institution_declared_at)::int as "institutionDays",
      count(*) filter (where bank_declared_at is not null
        and (debit_count <> bank_cleared_count + bank_direct_count or debit_minor <> bank_cleared_minor + bank_direct_minor))::int as "incompleteDays",
      (max(day) filter (where residual_count > 0))::text as "lastResidualDay",
      count(*) filter (where zero and ${window.to}::date - day = place - 1)::int as "daysAtZero",
      coalesce(bool_or(bank_interface = 'open' or institution_interface = 'open') filter (where day = ${window.to}::date), false) as "interfaceOpen"
    from placed
    group by 1, 2, 3`;
  return z.array(Row).parse(rows);
}

/** Of a row of cut_over_day: nobody's word and no figure leaves room for a direct debit. Null where the bank did not declare. */
export const ZERO_DAY = Prisma.sql`(
  bank_declared_at is not null
  and debit_count = bank_cleared_count + bank_direct_count
  and debit_minor = bank_cleared_minor + bank_direct_minor
  and cleared_count = confirmed_count
  and residual_count = 0
  and direct_count = 0
  and bank_direct_count = 0
  and coalesce(institution_direct_count, 0) = 0)`;
