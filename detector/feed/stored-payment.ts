import type { BusinessType, Route, TransactionStatus } from '@/domain/clearing/transaction';

/** What detection asks of a stored payment. */
export type StoredPayment = {
  readonly key: string;
  readonly acceptedAtMs: number;
  readonly batchId: string;
  readonly businessType: BusinessType;
  readonly route: Route;
  readonly status: TransactionStatus;
  readonly payerInstitutionId: number;
  readonly payerAccount: string;
  readonly intermediaryId: number | null;
  readonly payeeInstitutionId: number;
  readonly payeeAccount: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly merchantId: string | null;
  readonly terminalId: string | null;
  readonly merchantCategory: string | null;
  readonly barcodeTier: string | null;
};

/** Columns of a `clearing_transaction t`, read by position and as text. Epoch milliseconds keep their microseconds. */
export const STORED_COLUMNS = `t.transaction_key::text, (date_part('epoch', t.accepted_at) * 1000)::text, t.batch_id::text, t.business_type::text,
  t.route::text, t.status::text, t.payer_institution_id::text, t.payer_account::text, t.intermediary_institution_id::text,
  t.payee_institution_id::text, t.payee_account::text, t.amount_minor::text, t.currency, t.merchant_id, t.terminal_id, t.merchant_category,
  t.barcode_tier`;

export type TextRow = readonly (string | null)[];

export function storedPaymentOf(row: TextRow): StoredPayment {
  return {
    key: row[0] as string,
    acceptedAtMs: Number(row[1]),
    batchId: row[2] as string,
    businessType: row[3] as BusinessType,
    route: row[4] as Route,
    status: row[5] as TransactionStatus,
    payerInstitutionId: Number(row[6]),
    payerAccount: row[7] as string,
    intermediaryId: row[8] === null ? null : Number(row[8]),
    payeeInstitutionId: Number(row[9]),
    payeeAccount: row[10] as string,
    amountMinor: BigInt(row[11] as string),
    currency: row[12] as string,
    merchantId: row[13] ?? null,
    terminalId: row[14] ?? null,
    merchantCategory: row[15] ?? null,
    barcodeTier: row[16] ?? null,
  };
}

/** The order of time; what is of one moment goes by key, so that every reading of the same rows has one order. */
export function inOrderOfTime(a: StoredPayment, b: StoredPayment): number {
  return a.acceptedAtMs - b.acceptedAtMs || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}
