import 'server-only';
import * as z from 'zod';
import type { BusinessType } from '@/domain/clearing/transaction';
import { BUSINESS_TYPES } from '@/domain/clearing/transaction';
import { addDays, dayStart } from '@/domain/cut-over/window';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';

export const DEBITS_MAX = 200;
export const DEBIT_KINDS = ['all', 'residual', 'matched', 'nested'] as const;
export type DebitKind = (typeof DEBIT_KINDS)[number];
export type DebitFilter = {
  readonly kind: DebitKind;
  readonly institution?: string | undefined;
  readonly bank?: string | undefined;
  readonly type?: BusinessType | undefined;
  readonly from: string;
  readonly to: string;
  readonly currency: string;
};

const Row = z.object({
  serial: z.string(),
  debitedAt: z.date(),
  institutionId: z.int(),
  bankId: z.int(),
  businessType: z.enum(BUSINESS_TYPES),
  amountMinor: z.coerce.bigint(),
  verdict: z.enum(['matched', 'residual']),
  reason: z.string(),
  named: z.string().nullable(),
  recordId: z.string().nullable(),
  recordInstitutionId: z.int().nullable(),
  agreementNo: z.string().nullable(),
});
export type DebitRow = z.infer<typeof Row>;
const Total = z.object({ count: z.coerce.bigint(), minor: z.coerce.bigint() });

/** Debits that a figure counted, newest first, with the sums of all of them, also of those beyond the list. */
export async function debitRows(
  actor: Actor,
  filter: DebitFilter,
): Promise<{ readonly rows: readonly DebitRow[]; readonly count: bigint; readonly minor: bigint }> {
  const where = Prisma.sql`v.debited_at >= ${dayStart(filter.from)}
    and v.debited_at < ${dayStart(addDays(filter.to, 1))}
    and v.currency = ${filter.currency}
    and ${actor.institutionId === null ? Prisma.sql`true` : Prisma.sql`(v.institution_id = ${actor.institutionId} or v.bank_id = ${actor.institutionId})`}
    and ${filter.institution === undefined ? Prisma.sql`true` : Prisma.sql`v.institution_id = (select id from institution where code = ${filter.institution})`}
    and ${filter.bank === undefined ? Prisma.sql`true` : Prisma.sql`v.bank_id = (select id from institution where code = ${filter.bank})`}
    and ${filter.type === undefined ? Prisma.sql`true` : Prisma.sql`v.business_type = ${filter.type}::business_type`}
    and ${KIND[filter.kind]}`;
  const [rows, totals] = await Promise.all([
    database().$queryRaw`
      select d.serial, v.debited_at as "debitedAt", v.institution_id as "institutionId", v.bank_id as "bankId",
        v.business_type::text as "businessType", v.amount_minor::text as "amountMinor", v.verdict, v.reason, d.transaction_id as named,
        t.transaction_id as "recordId", v.record_institution_id as "recordInstitutionId", d.agreement_no as "agreementNo"
      from debit_verdict v
      join bank_debit d on d.debit_key = v.debit_key and d.debited_at = v.debited_at
      left join clearing_transaction t on t.transaction_key = v.transaction_key and t.accepted_at = v.accepted_at
      where ${where}
      order by v.debited_at desc, v.debit_key
      limit ${DEBITS_MAX}`,
    database()
      .$queryRaw`select count(*)::text as count, coalesce(sum(v.amount_minor), 0)::text as minor from debit_verdict v where ${where}`,
  ]);
  const total = z.array(Total).parse(totals)[0] ?? { count: 0n, minor: 0n };
  return { rows: z.array(Row).parse(rows), ...total };
}

const KIND: Readonly<Record<DebitKind, Prisma.Sql>> = {
  all: Prisma.sql`true`,
  residual: Prisma.sql`v.verdict = 'residual'`,
  matched: Prisma.sql`v.verdict = 'matched'`,
  nested: Prisma.sql`v.record_institution_id <> v.institution_id`,
};
