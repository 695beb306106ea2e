import { BUSINESS_TYPES, ROUTES, TRANSACTION_STATUSES } from '@/domain/clearing/transaction';
import { writeTransactionKey } from '@/server/identity';
import type { BinaryRows } from './binary-rows';
import { ByteWords } from './byte-words';
import type { Institution, InstitutionRegister } from './institution-register';
import type { NewAccount } from './known-accounts';
import type { OpenBatch } from './open-batch';
import { CODE, DIGIT, QuickFields, VISIBLE } from './quick-fields';
import { QuickTimes, quickDecimal, quickMinor, quickPlaces, quickUuid } from './quick-values';
import { CLOCK_AHEAD_MAX_MS } from './times';
import { ROW_BYTES_MAX, TRANSACTION_COLUMNS } from './transaction-rows';

const FIELDS = [
  'id',
  'endToEndId',
  'uetr',
  'sessionNo',
  'businessType',
  'route',
  'channel',
  'status',
  'systemCode',
  'businessCode',
  'payer.institution',
  'payer.account',
  'intermediary',
  'payee.institution',
  'payee.account',
  'amount',
  'amountMinor',
  'currency',
  'initiatedAt',
  'acceptedAt',
  'respondedAt',
  'finalAt',
  'agreementNo',
  'merchantId',
  'terminalId',
  'merchantCategory',
  'barcodeTier',
  'originalId',
] as const;
const numberOf = (field: (typeof FIELDS)[number]) => FIELDS.indexOf(field);
const ID = numberOf('id');
const END_TO_END_ID = numberOf('endToEndId');
const UETR = numberOf('uetr');
const SESSION_NO = numberOf('sessionNo');
const BUSINESS_TYPE = numberOf('businessType');
const ROUTE = numberOf('route');
const CHANNEL = numberOf('channel');
const STATUS = numberOf('status');
const SYSTEM_CODE = numberOf('systemCode');
const BUSINESS_CODE = numberOf('businessCode');
const PAYER = numberOf('payer.institution');
const PAYER_ACCOUNT = numberOf('payer.account');
const INTERMEDIARY = numberOf('intermediary');
const PAYEE = numberOf('payee.institution');
const PAYEE_ACCOUNT = numberOf('payee.account');
const AMOUNT = numberOf('amount');
const AMOUNT_MINOR = numberOf('amountMinor');
const CURRENCY = numberOf('currency');
const INITIATED_AT = numberOf('initiatedAt');
const ACCEPTED_AT = numberOf('acceptedAt');
const RESPONDED_AT = numberOf('respondedAt');
const FINAL_AT = numberOf('finalAt');
const AGREEMENT_NO = numberOf('agreementNo');
const MERCHANT_ID = numberOf('merchantId');
const TERMINAL_ID = numberOf('terminalId');
const MERCHANT_CATEGORY = numberOf('merchantCategory');
const BARCODE_TIER = numberOf('barcodeTier');
const ORIGINAL_ID = numberOf('originalId');

const fields = new QuickFields(FIELDS);
const times = new QuickTimes();
const BUSINESS_TYPE_WORDS = new ByteWords(BUSINESS_TYPES);
const ROUTE_WORDS = new ByteWords(ROUTES);
const STATUS_WORDS = new ByteWords(TRANSACTION_STATUSES);

export type QuickContext = {
  readonly batch: Pick<OpenBatch, 'id' | 'accounts' | 'sender'>;
  readonly register: Pick<InstitutionRegister, 'institution'>;
  readonly nowMs: number;
};
export type QuickRow = { readonly acceptedMicros: number; readonly accounts: readonly NewAccount[] };

const NO_ACCOUNTS: readonly NewAccount[] = [];

/**
 * The row of a plain line, written straight from the line's bytes in one go through all steps. Undefined where anything at all is unusual
 * or wrong: then nothing was written, and the steps one by one come to the same row, or say why there is none (a property test holds the
 * two together).
 */
export function quickTransaction(rows: BinaryRows, lineNo: number, bytes: Buffer, context: QuickContext): QuickRow | undefined {
  if (!fields.read(bytes)) return undefined;
  rows.makeRoom(ROW_BYTES_MAX);
  const begun = rows.at;
  const row = written(rows, lineNo, bytes, context);
  if (!row) rows.at = begun;
  return row;
}

function written(rows: BinaryRows, lineNo: number, bytes: Buffer, { batch, register, nowMs }: QuickContext): QuickRow | undefined {
  const { from, to } = fields;
  if (!isIn(STATUS_WORDS, bytes, STATUS) || !isIn(ROUTE_WORDS, bytes, ROUTE) || !isIn(BUSINESS_TYPE_WORDS, bytes, BUSINESS_TYPE))
    return undefined;

  const payer = institutionAt(register, bytes, PAYER);
  const payee = institutionAt(register, bytes, PAYEE);
  if (!payer || !payee || !isAccount(bytes, PAYER_ACCOUNT) || !isAccount(bytes, PAYEE_ACCOUNT)) return undefined;
  let intermediary: Institution | undefined;
  if (isGiven(INTERMEDIARY)) {
    intermediary = institutionAt(register, bytes, INTERMEDIARY);
    if (!intermediary) return undefined;
  }
  const { sender } = batch;
  if (sender.kind !== 'clearing' && sender.id !== payer.id && sender.id !== payee.id && sender.id !== intermediary?.id) return undefined;

  const accepted = timeAt(bytes, ACCEPTED_AT);
  const initiated = isGiven(INITIATED_AT) ? timeAt(bytes, INITIATED_AT) : accepted;
  const responded = isGiven(RESPONDED_AT) ? timeAt(bytes, RESPONDED_AT) : accepted;
  const final = isGiven(FINAL_AT) ? timeAt(bytes, FINAL_AT) : accepted;
  if (initiated < 0 || accepted < initiated || responded < accepted || final < accepted) return undefined;
  if (Math.max(responded, final) > (nowMs + CLOCK_AHEAD_MAX_MS) * 1_000) return undefined;

  const minor = minorAt(bytes);
  if (minor < 0) return undefined;

  if (!isIdentifier(ID)) return undefined;
  rows.fieldCount(TRANSACTION_COLUMNS);
  writeKey(rows, bytes, ID);
  rows.timestamp(accepted);
  rows.int8(Number(batch.id));
  rows.int4(lineNo);
  rows.bytesOf(bytes, from[ID] as number, to[ID] as number);
  if (!wroteIdentifier(rows, bytes, END_TO_END_ID)) return undefined;
  if (!isGiven(UETR)) rows.absent();
  else {
    rows.uuidLength();
    if (!quickUuid(bytes, from[UETR] as number, to[UETR] as number, rows.bytes, rows.at)) return undefined;
    rows.at += 16;
  }
  if (!wroteIdentifier(rows, bytes, SESSION_NO)) return undefined;
  rows.bytesOf(bytes, from[BUSINESS_TYPE] as number, to[BUSINESS_TYPE] as number);
  rows.bytesOf(bytes, from[ROUTE] as number, to[ROUTE] as number);
  if (!wroteText(rows, bytes, CHANNEL, CODE, 16)) return undefined;
  rows.bytesOf(bytes, from[STATUS] as number, to[STATUS] as number);
  if (!wroteText(rows, bytes, SYSTEM_CODE, CODE, 16) || !wroteText(rows, bytes, BUSINESS_CODE, CODE, 16)) return undefined;
  rows.int4(payer.id);
  const payerAccount = writeAccount(rows, bytes, PAYER_ACCOUNT, batch, payer);
  if (intermediary) rows.int4(intermediary.id);
  else rows.absent();
  rows.int4(payee.id);
  const payeeAccount = writeAccount(rows, bytes, PAYEE_ACCOUNT, batch, payee);
  rows.int8(minor);
  rows.bytesOf(bytes, from[CURRENCY] as number, to[CURRENCY] as number);
  writeTime(rows, INITIATED_AT, initiated);
  writeTime(rows, RESPONDED_AT, responded);
  writeTime(rows, FINAL_AT, final);
  if (!wroteIdentifier(rows, bytes, AGREEMENT_NO)) return undefined;
  if (!wroteIdentifier(rows, bytes, MERCHANT_ID) || !wroteIdentifier(rows, bytes, TERMINAL_ID)) return undefined;
  if (isGiven(MERCHANT_CATEGORY) && lengthOf(MERCHANT_CATEGORY) !== 4) return undefined;
  if (!wroteText(rows, bytes, MERCHANT_CATEGORY, DIGIT, 4)) return undefined;
  if (isGiven(BARCODE_TIER) && !isTier(bytes)) return undefined;
  if (!wroteText(rows, bytes, BARCODE_TIER, CODE, 1)) return undefined;
  if (!isGiven(ORIGINAL_ID)) rows.absent();
  else if (isIdentifier(ORIGINAL_ID)) writeKey(rows, bytes, ORIGINAL_ID);
  else return undefined;
  const accounts = payerAccount
    ? payeeAccount
      ? [payerAccount, payeeAccount]
      : [payerAccount]
    : payeeAccount
      ? [payeeAccount]
      : NO_ACCOUNTS;
  return { acceptedMicros: accepted, accounts };
}

function isGiven(field: number): boolean {
  return fields.from[field] !== -1;
}

function lengthOf(field: number): number {
  return (fields.to[field] as number) - (fields.from[field] as number);
}

function isIdentifier(field: number): boolean {
  return isGiven(field) && hasShape(field, VISIBLE, 64);
}

function hasShape(field: number, kind: number, lengthMax: number): boolean {
  const length = lengthOf(field);
  return length >= 1 && length <= lengthMax && ((fields.kinds[field] as number) & kind) !== 0;
}

function isIn(words: ByteWords, bytes: Buffer, field: number): boolean {
  return isGiven(field) && words.find(bytes, fields.from[field] as number, fields.to[field] as number) >= 0;
}

function isTier(bytes: Buffer): boolean {
  const letter = bytes[fields.from[BARCODE_TIER] as number] as number;
  return lengthOf(BARCODE_TIER) === 1 && letter >= 0x41 && letter <= 0x44;
}

/** Printable ASCII with no space at either end. */
function isAccount(bytes: Buffer, field: number): boolean {
  const from = fields.from[field] as number;
  const to = fields.to[field] as number;
  return from !== -1 && to > from && to - from <= 64 && bytes[from] !== 0x20 && bytes[to - 1] !== 0x20;
}

function institutionAt(register: QuickContext['register'], bytes: Buffer, field: number): Institution | undefined {
  // A code is at most 40 characters, and begins with a letter or a digit.
  if (!isGiven(field) || !hasShape(field, CODE, 40)) return undefined;
  const from = fields.from[field] as number;
  const first = bytes[from] as number;
  if (first === 0x2e || first === 0x2d || first === 0x5f) return undefined;
  return register.institution(bytes.toString('latin1', from, fields.to[field] as number));
}

function timeAt(bytes: Buffer, field: number): number {
  return isGiven(field) ? times.micros(bytes, fields.from[field] as number, fields.to[field] as number) : -1;
}

function minorAt(bytes: Buffer): number {
  const { from, to } = fields;
  if (!isGiven(CURRENCY) || isGiven(AMOUNT) === isGiven(AMOUNT_MINOR)) return -1;
  const places = quickPlaces(bytes, from[CURRENCY] as number, to[CURRENCY] as number);
  if (places < 0) return -1;
  return isGiven(AMOUNT_MINOR)
    ? quickMinor(bytes, from[AMOUNT_MINOR] as number, to[AMOUNT_MINOR] as number)
    : quickDecimal(bytes, from[AMOUNT] as number, to[AMOUNT] as number, places);
}

function writeKey(rows: BinaryRows, bytes: Buffer, field: number): void {
  rows.uuidLength();
  writeTransactionKey(bytes, fields.from[field] as number, fields.to[field] as number, rows.bytes, rows.at);
  rows.at += 16;
}

function writeAccount(
  rows: BinaryRows,
  bytes: Buffer,
  field: number,
  { accounts }: QuickContext['batch'],
  institution: Institution,
): NewAccount | undefined {
  rows.uuidLength();
  const unknown = accounts.writeId(institution.id, bytes, fields.from[field] as number, fields.to[field] as number, rows.bytes, rows.at);
  rows.at += 16;
  return unknown;
}

function writeTime(rows: BinaryRows, field: number, micros: number): void {
  if (isGiven(field)) rows.timestamp(micros);
  else rows.absent();
}

function wroteIdentifier(rows: BinaryRows, bytes: Buffer, field: number): boolean {
  return wroteText(rows, bytes, field, VISIBLE, 64);
}

/** False where the field is given, but not of this shape. */
function wroteText(rows: BinaryRows, bytes: Buffer, field: number, kind: number, lengthMax: number): boolean {
  if (!isGiven(field)) {
    rows.absent();
    return true;
  }
  if (!hasShape(field, kind, lengthMax)) return false;
  rows.bytesOf(bytes, fields.from[field] as number, fields.to[field] as number);
  return true;
}
