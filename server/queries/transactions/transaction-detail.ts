import 'server-only';
import * as z from 'zod';
import { BUSINESS_TYPES, ROUTES, TRANSACTION_STATUSES } from '@/domain/clearing/transaction';
import type { TraceableFields } from '@/domain/tracing/payment-chain-fields';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import { transactionKeyOf } from '@/server/identity';
import type { Actor } from '@/server/session';
import { isParty } from './transaction-conditions';

const Row = z.object({
  key: z.string(),
  id: z.string(),
  acceptedAt: z.date(),
  batchId: z.string(),
  lineNo: z.int(),
  endToEndId: z.string().nullable(),
  uetr: z.string().nullable(),
  sessionNo: z.string().nullable(),
  businessType: z.enum(BUSINESS_TYPES),
  route: z.enum(ROUTES),
  channel: z.string().nullable(),
  status: z.enum(TRANSACTION_STATUSES),
  systemCode: z.string().nullable(),
  businessCode: z.string().nullable(),
  payerInstitutionId: z.int(),
  payerAccount: z.string(),
  payerMasked: z.string().nullable(),
  intermediaryInstitutionId: z.int().nullable(),
  payeeInstitutionId: z.int(),
  payeeAccount: z.string(),
  payeeMasked: z.string().nullable(),
  amountMinor: z.coerce.bigint(),
  currency: z.string(),
  initiatedAt: z.date().nullable(),
  respondedAt: z.date().nullable(),
  finalAt: z.date().nullable(),
  agreementNo: z.string().nullable(),
  merchantId: z.string().nullable(),
  terminalId: z.string().nullable(),
  merchantCategory: z.string().nullable(),
  barcodeTier: z.string().nullable(),
  originalTransactionKey: z.string().nullable(),
  clientBatchId: z.string().nullable(),
  reporterId: z.int().nullable(),
  receivedAt: z.date().nullable(),
});
export type TransactionDetail = z.infer<typeof Row> & TraceableFields;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** One payment by its transaction id or its key, accounts masked; null where there is none that the actor may see. */
export async function transactionDetail(actor: Actor, { idOrKey }: { idOrKey: string }): Promise<TransactionDetail | null> {
  const keys: string[] = [transactionKeyOf(idOrKey)];
  if (UUID.test(idOrKey)) keys.push(idOrKey.toLowerCase());
  const mine = actor.institutionId === null ? Prisma.empty : Prisma.sql`and ${isParty([actor.institutionId])}`;
  const rows = await database().$queryRaw`
    with t as materialized (
      select * from clearing_transaction t
      where t.transaction_key = any(${keys}::uuid[])
        ${mine}
      order by t.accepted_at desc
      limit 1
    ),
    numbers as materialized (
      select id, number_masked from account
      where id in (select payer_account from t union select payee_account from t)
    )
    select t.transaction_key::text as key, t.transaction_id as id, t.accepted_at as "acceptedAt", t.batch_id::text as "batchId",
      t.line_no as "lineNo", t.end_to_end_id as "endToEndId", t.uetr::text as uetr, t.session_no as "sessionNo",
      t.business_type::text as "businessType", t.route::text as route, t.channel, t.status::text as status,
      t.system_code as "systemCode", t.business_code as "businessCode",
      t.payer_institution_id as "payerInstitutionId", t.payer_account::text as "payerAccount", payer.number_masked as "payerMasked",
      t.intermediary_institution_id as "intermediaryInstitutionId",
      t.payee_institution_id as "payeeInstitutionId", t.payee_account::text as "payeeAccount", payee.number_masked as "payeeMasked",
      t.amount_minor::text as "amountMinor", t.currency, t.initiated_at as "initiatedAt", t.responded_at as "respondedAt",
      t.final_at as "finalAt", t.agreement_no as "agreementNo", t.merchant_id as "merchantId", t.terminal_id as "terminalId",
      t.merchant_category as "merchantCategory", t.barcode_tier as "barcodeTier",
      t.original_transaction_key::text as "originalTransactionKey",
      b.client_batch_id as "clientBatchId", b.institution_id as "reporterId", b.received_at as "receivedAt"
    from t
    left join numbers payer on payer.id = t.payer_account
    left join numbers payee on payee.id = t.payee_account
    left join feed_batch b on b.id = t.batch_id`;
  return z.array(Row).parse(rows)[0] ?? null;
}
