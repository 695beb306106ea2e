import 'server-only';
import * as z from 'zod';
import type { BusinessType } from '@/domain/clearing/transaction';
import type { DayWindow } from '@/domain/cut-over/window';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';
import { ZERO_DAY } from './cut-over-cells';

const Sum = z.coerce.bigint();
const Declared = z.string().transform(BigInt).nullable();
const Row = z.object({
  day: z.string(),
  clearedCount: Sum,
  clearedMinor: Sum,
  confirmedCount: Sum,
  confirmedMinor: Sum,
  directCount: Sum,
  debitCount: Sum,
  debitMinor: Sum,
  residualCount: Sum,
  residualMinor: Sum,
  nestedCount: Sum,
  nestedMinor: Sum,
  bankDeclaredAt: z.date().nullable(),
  bankClearedCount: Declared,
  bankClearedMinor: Declared,
  bankDirectCount: Declared,
  bankDirectMinor: Declared,
  bankInterface: z.string().nullable(),
  institutionDeclaredAt: z.date().nullable(),
  institutionClearedCount: Declared,
  institutionClearedMinor: Declared,
  institutionDirectCount: Declared,
  institutionDirectMinor: Declared,
  institutionInterface: z.string().nullable(),
  zero: z.boolean(),
});
export type CellDayRow = z.infer<typeof Row>;
export type CellId = {
  readonly institutionId: number;
  readonly bankId: number;
  readonly businessType: BusinessType;
  readonly currency: string;
};

/** Every day of one cell that anything is known of, oldest first: the three sides beside each other. */
export async function cellDays(actor: Actor, { cell, window }: { cell: CellId; window: DayWindow }): Promise<readonly CellDayRow[]> {
  const own =
    actor.institutionId === null
      ? Prisma.sql`true`
      : Prisma.sql`(institution_id = ${actor.institutionId} or bank_id = ${actor.institutionId})`;
  const rows = await database().$queryRaw`
    select day::text as day, cleared_count::text as "clearedCount", cleared_minor::text as "clearedMinor",
      confirmed_count::text as "confirmedCount", confirmed_minor::text as "confirmedMinor", direct_count::text as "directCount",
      debit_count::text as "debitCount", debit_minor::text as "debitMinor", residual_count::text as "residualCount",
      residual_minor::text as "residualMinor", nested_count::text as "nestedCount", nested_minor::text as "nestedMinor",
      bank_declared_at as "bankDeclaredAt", bank_cleared_count::text as "bankClearedCount", bank_cleared_minor::text as "bankClearedMinor",
      bank_direct_count::text as "bankDirectCount", bank_direct_minor::text as "bankDirectMinor", bank_interface as "bankInterface",
      institution_declared_at as "institutionDeclaredAt", institution_cleared_count::text as "institutionClearedCount",
      institution_cleared_minor::text as "institutionClearedMinor", institution_direct_count::text as "institutionDirectCount",
      institution_direct_minor::text as "institutionDirectMinor", institution_interface as "institutionInterface",
      coalesce(${ZERO_DAY}, false) as zero
    from cut_over_day
    where institution_id = ${cell.institutionId}
      and bank_id = ${cell.bankId}
      and business_type = ${cell.businessType}::business_type
      and currency = ${cell.currency}
      and day >= ${window.from}::date
      and day <= ${window.to}::date
      and ${own}
    order by day`;
  return z.array(Row).parse(rows);
}
