import 'server-only';
import * as z from 'zod';
import { BUSINESS_TYPES, type BusinessType } from '@/domain/clearing/transaction';
import { addDays, dayStart } from '@/domain/cut-over/window';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';

export const AGREEMENTS_MAX = 200;
export type AgreementFilter = {
  /** Whether clearing has a record of at least one debit under it. */
  readonly known?: 'yes' | 'no' | undefined;
  readonly institution?: string | undefined;
  readonly bank?: string | undefined;
  readonly type?: BusinessType | undefined;
  readonly from: string;
  readonly to: string;
  readonly currency: string;
};

const Row = z.object({
  institutionId: z.int(),
  bankId: z.int(),
  businessType: z.enum(BUSINESS_TYPES),
  agreementNo: z.string(),
  debits: z.int(),
  matched: z.int(),
  amountMinor: z.coerce.bigint(),
  used: z.int(),
  covered: z.int(),
});
export type AgreementRow = Omit<z.infer<typeof Row>, 'used' | 'covered'>;

/**
 * The agreements that banks' debits used, those that clearing does not know first, with how many of all there are and are known: coverage is
 * covered ÷ used.
 */
export async function agreementRows(
  actor: Actor,
  filter: AgreementFilter,
): Promise<{ readonly rows: readonly AgreementRow[]; readonly used: number; readonly covered: number }> {
  const named = (code: string | undefined, column: Prisma.Sql) =>
    code === undefined ? Prisma.sql`true` : Prisma.sql`${column} = (select id from institution where code = ${code})`;
  const known = filter.known === undefined ? Prisma.sql`true` : filter.known === 'yes' ? Prisma.sql`matched > 0` : Prisma.sql`matched = 0`;
  const rows = await database().$queryRaw`
    with agreement as (
      select d.institution_id, d.bank_id, d.business_type, d.agreement_no, count(*) as debits,
        count(*) filter (where v.verdict = 'matched') as matched, sum(d.amount_minor) as amount_minor
      from bank_debit d
      join debit_verdict v on v.debit_key = d.debit_key and v.debited_at = d.debited_at
      where d.debited_at >= ${dayStart(filter.from)}
        and d.debited_at < ${dayStart(addDays(filter.to, 1))}
        and d.currency = ${filter.currency}
        and d.agreement_no is not null
        and ${actor.institutionId === null ? Prisma.sql`true` : Prisma.sql`(d.institution_id = ${actor.institutionId} or d.bank_id = ${actor.institutionId})`}
        and ${named(filter.institution, Prisma.sql`d.institution_id`)}
        and ${named(filter.bank, Prisma.sql`d.bank_id`)}
        and ${filter.type === undefined ? Prisma.sql`true` : Prisma.sql`d.business_type = ${filter.type}::business_type`}
      group by 1, 2, 3, 4
    )
    select institution_id as "institutionId", bank_id as "bankId", business_type::text as "businessType", agreement_no as "agreementNo",
      debits::int as debits, matched::int as matched, amount_minor::text as "amountMinor",
      (count(*) over ())::int as used, (count(*) filter (where matched > 0) over ())::int as covered
    from agreement
    where ${known}
    order by matched > 0, agreement.amount_minor desc, agreement_no
    limit ${AGREEMENTS_MAX}`;
  const parsed = z.array(Row).parse(rows);
  return {
    rows: parsed.map(({ used: _used, covered: _covered, ...row }) => row),
    used: parsed[0]?.used ?? 0,
    covered: parsed[0]?.covered ?? 0,
  };
}
