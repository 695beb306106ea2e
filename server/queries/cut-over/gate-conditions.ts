import 'server-only';
import * as z from 'zod';
import type { BusinessType } from '@/domain/clearing/transaction';
import { type Gate, type GateCondition, unmetConditions } from '@/domain/cut-over/gates';
import { coverage, migratedShare } from '@/domain/cut-over/share';
import { addDays, dayStart, lastClosedDay } from '@/domain/cut-over/window';
import { database } from '@/server/database';
import { cutOverSettings } from './cut-over-settings';

const SEEN_DAYS = 3;
const Row = z.object({
  cleared: z.coerce.bigint(),
  residual: z.coerce.bigint(),
  bankDeclared: z.boolean(),
  institutionDeclared: z.boolean(),
});
const Covered = z.object({ used: z.int(), covered: z.int() });

/** What the last three closed days of a cell say, and which conditions of its next gate that leaves unmet. */
export async function gateConditions(cell: {
  institutionId: number;
  bankId: number;
  businessType: BusinessType;
  currency: string;
}): Promise<{
  readonly seen: { share: number | null; bankDeclared: boolean; institutionDeclared: boolean; coverage: number | null; until: string };
  readonly unmet: (gate: Gate) => GateCondition[];
}> {
  const settings = await cutOverSettings();
  const to = lastClosedDay(new Date());
  const from = addDays(to, 1 - SEEN_DAYS);
  const { institutionId, bankId, businessType, currency } = cell;
  const [sums, agreements] = await Promise.all([
    database().$queryRaw`
      select coalesce(sum(cleared_count), 0)::text as cleared, coalesce(sum(residual_count), 0)::text as residual,
        coalesce(bool_or(bank_declared_at is not null) filter (where day = ${to}::date), false) as "bankDeclared",
        coalesce(bool_or(institution_declared_at is not null) filter (where day = ${to}::date), false) as "institutionDeclared"
      from cut_over_day
      where institution_id = ${institutionId}
        and bank_id = ${bankId}
        and business_type = ${businessType}::business_type
        and currency = ${currency}
        and day >= ${from}::date
        and day <= ${to}::date`,
    database().$queryRaw`
      select count(*)::int as used, count(*) filter (where covered)::int as covered
      from (
        select d.agreement_no, bool_or(v.verdict = 'matched') as covered
        from bank_debit d
        join debit_verdict v on v.debit_key = d.debit_key
        where d.institution_id = ${institutionId}
          and d.bank_id = ${bankId}
          and d.business_type = ${businessType}::business_type
          and d.currency = ${currency}
          and d.agreement_no is not null
          and d.debited_at >= ${dayStart(from)}
          and d.debited_at < ${dayStart(addDays(to, 1))}
        group by 1
      ) agreement`,
  ]);
  const row = z.array(Row).parse(sums)[0] ?? { cleared: 0n, residual: 0n, bankDeclared: false, institutionDeclared: false };
  const seen = {
    share: migratedShare(row.cleared, row.residual),
    bankDeclared: row.bankDeclared,
    institutionDeclared: row.institutionDeclared,
    coverage: coverage(z.array(Covered).parse(agreements)[0] ?? { used: 0, covered: 0 }),
    until: to,
  };
  return { seen, unmet: (gate) => unmetConditions(gate, { ...seen, coverageMinPercent: settings.coverageMinPercent }) };
}
