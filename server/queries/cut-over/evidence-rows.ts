import 'server-only';
import * as z from 'zod';
import type { BusinessType } from '@/domain/clearing/transaction';
import type { ClearingRecord, Debit } from '@/domain/cut-over/matching';
import { addDays, dayStart } from '@/domain/cut-over/window';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';

/** A place in the order of commits; see monitor/follow.ts. */
export type Watermark = { readonly xid: string; readonly batch: string };
export type EvidenceScope = {
  readonly institutionId: number;
  readonly bankId: number;
  readonly businessType: BusinessType;
  readonly currency: string;
  readonly from: string;
  readonly to: string;
  readonly watermark: Watermark;
};

/** A batch `b` at or below the watermark. */
export function below({ xid, batch }: Watermark): Prisma.Sql {
  return Prisma.sql`(b.xid, b.id) <= (${xid}::xid8, ${batch}::bigint)`;
}

export type EvidenceRecord = ClearingRecord & { readonly transactionId: string; readonly batchId: string };
export type EvidenceDebit = Debit & { readonly serial: string; readonly transactionId: string | null; readonly batchId: string };

const Money = z.string().transform(BigInt);
const RecordRow = z.object({
  key: z.string(),
  transactionId: z.string(),
  micros: z.string().transform(Number),
  bankId: z.int(),
  institutionId: z.int(),
  businessType: z.string(),
  currency: z.string(),
  amountMinor: Money,
  agreementNo: z.string().nullable(),
  batchId: z.string(),
  direct: z.boolean(),
});
const DebitRow = RecordRow.omit({ direct: true, transactionId: true }).extend({
  serial: z.string(),
  reference: z.string().nullable(),
  transactionId: z.string().nullable(),
});

/**
 * Payments that debited the cell's bank for its institution and had succeeded by the watermark, a day longer on both sides than the
 * period, so that debits near its ends find their records; and records that the cell's debits name although they are another's.
 */
export async function evidenceRecords(
  scope: EvidenceScope,
  named: readonly string[],
): Promise<{ readonly cleared: readonly EvidenceRecord[]; readonly direct: readonly EvidenceRecord[] }> {
  const rows = await database().$queryRaw`
    select t.transaction_key as key, t.transaction_id as "transactionId", (extract(epoch from t.accepted_at) * 1000000)::bigint::text as micros,
      t.payer_institution_id as "bankId", case when m.kind = 'payment' then m.id else e.id end as "institutionId",
      t.business_type::text as "businessType", t.currency, t.amount_minor::text as "amountMinor", t.agreement_no as "agreementNo",
      t.batch_id::text as "batchId", t.route = 'direct' as direct
    from clearing_transaction t
    join feed_batch b on b.id = t.batch_id
    join institution e on e.id = t.payee_institution_id
    left join institution m on m.id = t.intermediary_institution_id
    left join lateral (
      select o.from_status
      from transaction_outcome o
      join feed_batch later on later.id = o.batch_id
      where o.transaction_key = t.transaction_key
        and o.from_status <> o.to_status
        and (later.xid, later.id) > (${scope.watermark.xid}::xid8, ${scope.watermark.batch}::bigint)
      order by later.xid, later.id, o.line_no
      limit 1
    ) ahead on true
    where t.accepted_at >= ${dayStart(addDays(scope.from, -1))}
      and t.accepted_at < ${dayStart(addDays(scope.to, 2))}
      and t.payer_institution_id = ${scope.bankId}
      and t.currency = ${scope.currency}
      and (m.kind = 'payment' or e.kind = 'payment')
      and ((case when m.kind = 'payment' then m.id else e.id end = ${scope.institutionId}
          and t.business_type = ${scope.businessType}::business_type)
        or t.transaction_key = any(${[...named]}::uuid[]))
      and coalesce(ahead.from_status, t.status) = 'succeeded'
      and ${below(scope.watermark)}`;
  const all = z
    .array(RecordRow)
    .parse(rows)
    .map(({ micros, ...row }) => ({ ...row, businessType: row.businessType as BusinessType, atMicros: micros }));
  return { cleared: all.filter(({ direct }) => !direct), direct: all.filter(({ direct }) => direct) };
}

/** The cell's debits, a day longer on both sides than the period, as stored by the watermark. */
export async function evidenceDebits(scope: EvidenceScope): Promise<readonly EvidenceDebit[]> {
  return await debitRows(
    scope,
    Prisma.sql`d.institution_id = ${scope.institutionId} and d.business_type = ${scope.businessType}::business_type
      and d.bank_id = ${scope.bankId}`,
  );
}

/** Other debits of the bank that name one of these records: the cell's own debits must not be given them twice. */
export async function debitsNaming(scope: EvidenceScope, keys: readonly string[]): Promise<readonly EvidenceDebit[]> {
  return await debitRows(scope, Prisma.sql`d.transaction_key = any(${[...keys]}::uuid[])`);
}

async function debitRows(scope: EvidenceScope, condition: Prisma.Sql): Promise<readonly EvidenceDebit[]> {
  const rows = await database().$queryRaw`
    select d.debit_key as key, d.serial, (extract(epoch from d.debited_at) * 1000000)::bigint::text as micros, d.bank_id as "bankId",
      d.institution_id as "institutionId", d.business_type::text as "businessType", d.currency, d.amount_minor::text as "amountMinor",
      d.agreement_no as "agreementNo", d.transaction_key as reference, d.transaction_id as "transactionId", d.batch_id::text as "batchId"
    from bank_debit d
    join feed_batch b on b.id = d.batch_id
    where d.debited_at >= ${dayStart(addDays(scope.from, -2))}
      and d.debited_at < ${dayStart(addDays(scope.to, 3))}
      and d.currency = ${scope.currency}
      and ${condition}
      and ${below(scope.watermark)}`;
  return z
    .array(DebitRow)
    .parse(rows)
    .map(({ micros, ...row }) => ({ ...row, businessType: row.businessType as BusinessType, atMicros: micros }));
}

const DeclarationRow = z.object({
  day: z.string(),
  messageId: z.string(),
  clearedCount: z.string(),
  clearedMinor: z.string(),
  directCount: z.string(),
  directMinor: z.string(),
  directInterface: z.enum(['open', 'closed']),
  declaredMicros: z.string(),
  batchId: z.string(),
});
export type EvidenceDeclaration = z.infer<typeof DeclarationRow>;

/** The newest declaration of each day by one side, as stored by the watermark. */
export async function evidenceDeclarations(scope: EvidenceScope, side: 'bank' | 'institution'): Promise<readonly EvidenceDeclaration[]> {
  const rows = await database().$queryRaw`
    select distinct on (d.day) d.day::text as day, d.message_id as "messageId", d.cleared_count::text as "clearedCount",
      d.cleared_minor::text as "clearedMinor", d.direct_count::text as "directCount", d.direct_minor::text as "directMinor",
      d.direct_interface as "directInterface", (extract(epoch from d.declared_at) * 1000000)::bigint::text as "declaredMicros",
      d.batch_id::text as "batchId"
    from cut_over_declaration d
    join feed_batch b on b.id = d.batch_id
    where d.institution_id = ${scope.institutionId}
      and d.bank_id = ${scope.bankId}
      and d.business_type = ${scope.businessType}::business_type
      and d.currency = ${scope.currency}
      and d.side = ${side}
      and d.day >= ${scope.from}::date
      and d.day <= ${scope.to}::date
      and ${below(scope.watermark)}
    order by d.day, d.declared_at desc, d.declaration_key desc`;
  return z.array(DeclarationRow).parse(rows);
}
