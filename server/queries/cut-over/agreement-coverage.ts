import 'server-only';
import * as z from 'zod';
import { BUSINESS_TYPES } from '@/domain/clearing/transaction';
import { addDays, type DayWindow, dayStart } from '@/domain/cut-over/window';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';

const Row = z.object({ institutionId: z.int(), bankId: z.int(), businessType: z.enum(BUSINESS_TYPES), used: z.int(), covered: z.int() });
export type AgreementCoverage = z.infer<typeof Row>;

/**
 * Agreements (签约号) that a bank's debits used in the window, by cell, and how many of them clearing knows: it has a record of at least
 * one debit under that agreement. Cells whose debits name no agreement are left out.
 */
export async function agreementCoverage(
  actor: Actor,
  { window, currency, institutionId, bankId }: { window: DayWindow; currency: string; institutionId?: number; bankId?: number },
): Promise<readonly AgreementCoverage[]> {
  const own =
    actor.institutionId === null
      ? Prisma.sql`true`
      : Prisma.sql`(d.institution_id = ${actor.institutionId} or d.bank_id = ${actor.institutionId})`;
  const rows = await database().$queryRaw`
    select institution_id as "institutionId", bank_id as "bankId", business_type::text as "businessType",
      count(*)::int as used, count(*) filter (where covered)::int as covered
    from (
      select d.institution_id, d.bank_id, d.business_type, d.agreement_no, bool_or(v.verdict = 'matched') as covered
      from bank_debit d
      join debit_verdict v on v.debit_key = d.debit_key
      where d.debited_at >= ${dayStart(window.from)}
        and d.debited_at < ${dayStart(addDays(window.to, 1))}
        and d.currency = ${currency}
        and d.agreement_no is not null
        and ${own}
        and ${institutionId === undefined ? Prisma.sql`true` : Prisma.sql`d.institution_id = ${institutionId}`}
        and ${bankId === undefined ? Prisma.sql`true` : Prisma.sql`d.bank_id = ${bankId}`}
      group by 1, 2, 3, 4
    ) agreement
    group by 1, 2, 3`;
  return z.array(Row).parse(rows);
}
