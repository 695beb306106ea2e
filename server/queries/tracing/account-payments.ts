import 'server-only';
import * as z from 'zod';
import { BUSINESS_TYPES } from '@/domain/clearing/transaction';
import { Prisma } from '@/server/generated/prisma/client';
import { isParty } from '../transactions/transaction-conditions';

const Row = z.object({
  key: z.string(),
  atMs: z.number(),
  batchId: z.coerce.bigint(),
  lineNo: z.int(),
  payer: z.string(),
  payee: z.string(),
  payerInstitutionId: z.int(),
  payeeInstitutionId: z.int(),
  amountMinor: z.coerce.bigint(),
  currency: z.string(),
  businessType: z.enum(BUSINESS_TYPES),
});
export type StoredPayment = z.infer<typeof Row>;

export type Reader = Pick<Prisma.TransactionClient, '$queryRaw'>;
/** Payments of one currency that succeeded, accepted in [fromMs, untilMs), and that the viewer may see. */
export type PaymentScope = {
  readonly currency: string;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly viewerInstitutionId: number | null;
};

/**
 * Every payment in or out of any of the accounts, up to `rowsMax`: one statement for a whole frontier. An account's books need both sides,
 * as what it spends depends on all that it received.
 */
export async function accountPayments(
  reader: Reader,
  accounts: readonly string[],
  scope: PaymentScope,
  rowsMax: number,
): Promise<readonly StoredPayment[]> {
  const ids = [...accounts];
  return await paymentsWhere(
    reader,
    Prisma.sql`(t.payer_account = any(${ids}::uuid[]) or t.payee_account = any(${ids}::uuid[])) and ${within(scope)}`,
    rowsMax,
  );
}

/** Payments by their keys, whenever they were. */
export async function paymentsByKey(
  reader: Reader,
  keys: readonly string[],
  { currency, viewerInstitutionId }: Pick<PaymentScope, 'currency' | 'viewerInstitutionId'>,
): Promise<readonly StoredPayment[]> {
  const condition = Prisma.sql`t.transaction_key = any(${[...keys]}::uuid[]) and t.currency = ${currency}
    and t.status = 'succeeded' ${seenBy(viewerInstitutionId)}`;
  return await paymentsWhere(reader, condition, keys.length);
}

const within = ({ currency, fromMs, untilMs, viewerInstitutionId }: PaymentScope) => Prisma.sql`t.accepted_at >= ${new Date(fromMs)}
  and t.accepted_at < ${new Date(untilMs)} and t.status = 'succeeded' and t.currency = ${currency} ${seenBy(viewerInstitutionId)}`;

const seenBy = (institutionId: number | null) => (institutionId === null ? Prisma.empty : Prisma.sql`and ${isParty([institutionId])}`);

async function paymentsWhere(reader: Reader, condition: Prisma.Sql, rowsMax: number): Promise<readonly StoredPayment[]> {
  return z.array(Row).parse(
    await reader.$queryRaw`
      select t.transaction_key::text as key, (extract(epoch from t.accepted_at) * 1000)::float8 as "atMs",
        t.batch_id::text as "batchId", t.line_no as "lineNo", t.payer_account::text as payer, t.payee_account::text as payee,
        t.payer_institution_id as "payerInstitutionId", t.payee_institution_id as "payeeInstitutionId",
        t.amount_minor::text as "amountMinor", t.currency, t.business_type::text as "businessType"
      from clearing_transaction t
      where ${condition}
      limit ${rowsMax}`,
  );
}
