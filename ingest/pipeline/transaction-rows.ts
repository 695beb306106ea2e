import type * as z from 'zod';
import { writeTransactionKey } from '@/server/identity';
import type { TransactionLine } from '../feed/lines';
import { BinaryRows } from './binary-rows';
import type { Institution } from './institution-register';
import type { NewAccount } from './known-accounts';
import type { OpenBatch } from './open-batch';
import { microsOf } from './times';

export type TransactionInput = z.input<typeof TransactionLine>;
/** A line with what the checks have found out. */
export type ResolvedTransaction = {
  readonly line: TransactionInput;
  readonly minor: bigint;
  readonly acceptedMicros: number;
  readonly payer: Institution;
  readonly payee: Institution;
  readonly intermediary: Institution | undefined;
};

export const COPY_TRANSACTIONS = `copy clearing_transaction (
  transaction_key, accepted_at, batch_id, line_no, transaction_id, end_to_end_id, uetr, session_no, business_type, route, channel, status,
  system_code, business_code, payer_institution_id, payer_account, intermediary_institution_id, payee_institution_id, payee_account,
  amount_minor, currency, initiated_at, responded_at, final_at, agreement_no, merchant_id, terminal_id, merchant_category, barcode_tier,
  original_transaction_key) from stdin with (format binary)`;
export const TRANSACTION_COLUMNS = 30;
/** Where a row's transaction key begins: behind the number of fields and the key's length. */
export const KEY_OFFSET = 6;
/** More than a row can take: no text of it is longer than 64 characters, all of them ASCII. */
export const ROW_BYTES_MAX = 30 * (4 + 64);
const CHUNK_BYTES = 512 * 1024;

/** Room for the rows of some lines that are stored together. */
export function roomForRows(): BinaryRows {
  return new BinaryRows(CHUNK_BYTES);
}

/** Writes the row of a line; answers with those of its accounts that are not known to be stored. */
export function writeTransaction(
  batch: Pick<OpenBatch, 'id' | 'accounts'>,
  rows: BinaryRows,
  lineNo: number,
  item: ResolvedTransaction,
): readonly NewAccount[] {
  rows.makeRoom(ROW_BYTES_MAX);
  const { line, payer, payee, intermediary } = item;
  const accounts: NewAccount[] = [];
  const text = (value: string | undefined) => (value === undefined ? rows.absent() : rows.text(value));
  const time = (value: string | undefined) => (value === undefined ? rows.absent() : rows.timestamp(microsOf(value)));
  const key = (id: string) => {
    const bytes = Buffer.from(id);
    rows.uuidLength();
    writeTransactionKey(bytes, 0, bytes.length, rows.bytes, rows.at);
    rows.at += 16;
  };
  const account = (institution: Institution, number: string) => {
    const bytes = Buffer.from(number);
    rows.uuidLength();
    const unknown = batch.accounts.writeId(institution.id, bytes, 0, bytes.length, rows.bytes, rows.at);
    if (unknown) accounts.push(unknown);
    rows.at += 16;
  };
  rows.fieldCount(TRANSACTION_COLUMNS);
  key(line.id);
  rows.timestamp(item.acceptedMicros);
  rows.bigint8(BigInt(batch.id));
  rows.int4(lineNo);
  rows.text(line.id);
  text(line.endToEndId);
  if (line.uetr === undefined) rows.absent();
  else rows.uuid(line.uetr);
  text(line.sessionNo);
  rows.text(line.businessType);
  rows.text(line.route);
  text(line.channel);
  rows.text(line.status);
  text(line.systemCode);
  text(line.businessCode);
  rows.int4(payer.id);
  account(payer, line.payer.account);
  if (intermediary === undefined) rows.absent();
  else rows.int4(intermediary.id);
  rows.int4(payee.id);
  account(payee, line.payee.account);
  rows.bigint8(item.minor);
  rows.text(line.currency);
  time(line.initiatedAt);
  time(line.respondedAt);
  time(line.finalAt);
  text(line.agreementNo);
  text(line.merchantId);
  text(line.terminalId);
  text(line.merchantCategory);
  text(line.barcodeTier);
  if (line.originalId === undefined) rows.absent();
  else key(line.originalId);
  return accounts;
}
