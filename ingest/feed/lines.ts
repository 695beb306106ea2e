import * as z from 'zod';
import { BUSINESS_TYPES, HEARTBEAT_LAYERS, LEG_PARTIES, LEG_STATUSES, ROUTES, TRANSACTION_STATUSES } from '@/domain/clearing/transaction';
import { LINE_DIRECTIONS } from '@/domain/connectivity/line-health';
import { InstitutionCode } from '@/domain/ids';

// The public feed, one JSON object a line. Whoever sends (an institution, the importer, the simulator) is held to these shapes;
// the OpenAPI document is made from them.

const Identifier = z.string().regex(/^[\x21-\x7e]{1,64}$/);
// To the microsecond and within fourteen hours of UTC: what PostgreSQL keeps exactly and takes.
const Time = z.iso.datetime({ offset: true }).regex(/T[\d:]{8}(?:\.\d{1,6})?(?:Z|[+-](?:0\d|1[0-4]):\d\d)$/);
const Detail = z
  .string()
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]{0,200}$/u)
  .max(200);
const Code = z.string().regex(/^[A-Za-z0-9._-]{1,16}$/);

export const Party = z.strictObject({
  institution: InstitutionCode,
  /** The full account number; it is stored encrypted, and shown masked. */
  account: z.string().regex(/^(?! )[^\p{C}\p{Zl}\p{Zp}]{1,64}(?<! )$/u),
});

/** Exactly one of `amount` (major units, decimal string) and `amountMinor` (whole minor units, string). Never a JSON number. */
const Amount = {
  amount: z.string().optional(),
  amountMinor: z.string().optional(),
  /** ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/),
};

export const TransactionLine = z.strictObject({
  /** The platform's transaction id: the message id of this line, for ever. */
  id: Identifier,
  endToEndId: Identifier.optional(),
  uetr: z.uuid().optional(),
  /** Settlement session, for instance "20261123-03". */
  sessionNo: Identifier.optional(),
  businessType: z.enum(BUSINESS_TYPES),
  route: z.enum(ROUTES),
  channel: Code.optional(),
  status: z.enum(TRANSACTION_STATUSES),
  /** Was it processed? */
  systemCode: Code.optional(),
  /** Was it approved? */
  businessCode: Code.optional(),
  payer: Party,
  /** The payment institution between the two, where there is one. */
  intermediary: InstitutionCode.optional(),
  payee: Party,
  ...Amount,
  initiatedAt: Time.optional(),
  acceptedAt: Time,
  respondedAt: Time.optional(),
  finalAt: Time.optional(),
  agreementNo: Identifier.optional(),
  merchantId: Identifier.optional(),
  terminalId: Identifier.optional(),
  /** ISO 18245. */
  merchantCategory: z
    .string()
    .regex(/^\d{4}$/)
    .optional(),
  barcodeTier: z.enum(['A', 'B', 'C', 'D']).optional(),
  /** The payment that this one refunds or reverses. */
  originalId: Identifier.optional(),
});
export type TransactionLine = z.infer<typeof TransactionLine>;

export const LegLine = z.strictObject({
  transactionId: Identifier,
  party: z.enum(LEG_PARTIES),
  institution: InstitutionCode,
  /** The party's own serial number; with the transaction id and the party it is the message id. */
  serial: Identifier,
  startedAt: Time,
  endedAt: Time,
  postedAt: Time.optional(),
  valueDate: z.iso.date().optional(),
  ...Amount,
  status: z.enum(LEG_STATUSES),
});
export type LegLine = z.infer<typeof LegLine>;

export const HeartbeatLine = z.strictObject({
  institution: InstitutionCode,
  /** Which line or data centre. */
  line: Code,
  layer: z.enum(HEARTBEAT_LAYERS),
  /** outbound (the default): the platform reaches the institution. inbound: the institution reaches the platform. */
  direction: z.enum(LINE_DIRECTIONS).optional(),
  sentAt: Time,
  ok: z.boolean(),
  latencyMs: z.int().min(0).max(600_000).optional(),
  detail: Detail.optional(),
  /** The certificate that was met: the server's that was reached, or the client's that called. */
  certificate: z
    .strictObject({
      party: z.enum(['server', 'client']),
      /** SHA-256 of the certificate, hexadecimal. */
      fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
      subject: Detail,
      issuer: Detail,
      notBefore: Time,
      notAfter: Time,
    })
    .optional(),
});
export type HeartbeatLine = z.infer<typeof HeartbeatLine>;

/** What became of a transaction after it was first reported. */
export const OutcomeLine = z.strictObject({
  messageId: Identifier,
  transactionId: Identifier,
  kind: z.enum(['resolved', 'final', 'returned', 'recall-asked', 'recall-answered']),
  /** The status from now on; leave out where it stays. */
  status: z.enum(TRANSACTION_STATUSES).optional(),
  recordedAt: Time,
  finalAt: Time.optional(),
  systemCode: Code.optional(),
  businessCode: Code.optional(),
  detail: Detail.optional(),
});
export type OutcomeLine = z.infer<typeof OutcomeLine>;

/** One debit that a bank carried out for a payment institution, as the bank reports it: through clearing or not. */
export const DebitLine = z.strictObject({
  bank: InstitutionCode,
  /** The bank's own number of the debit; with the bank it is the message id. */
  serial: Identifier,
  /** The payment institution that the debit was made for. */
  institution: InstitutionCode,
  businessType: z.enum(BUSINESS_TYPES),
  debitedAt: Time,
  ...Amount,
  /** The platform's transaction id, where the instruction came through clearing. */
  transactionId: Identifier.optional(),
  agreementNo: Identifier.optional(),
});
export type DebitLine = z.infer<typeof DebitLine>;

const Count = z.int().min(0).max(1_000_000_000_000);
/** Whole minor units, zero included. */
const SumMinor = z.string().regex(/^(?:0|[1-9]\d{0,18})$/);

/**
 * What a bank or a payment institution declares of one business day (UTC+8) between the two: how much went through clearing, how much
 * directly, and whether the direct interface is still open. A day without anything is declared too: silence proves nothing.
 */
export const DeclarationLine = z.strictObject({
  messageId: Identifier,
  institution: InstitutionCode,
  bank: InstitutionCode,
  businessType: z.enum(BUSINESS_TYPES),
  currency: z.string().regex(/^[A-Z]{3}$/),
  day: z.iso.date(),
  clearedCount: Count,
  clearedMinor: SumMinor,
  directCount: Count,
  directMinor: SumMinor,
  directInterface: z.enum(['open', 'closed']),
  declaredAt: Time,
});
export type DeclarationLine = z.infer<typeof DeclarationLine>;

export const FEEDS = ['transactions', 'legs', 'heartbeats', 'outcomes', 'debits', 'declarations', 'iso20022'] as const;
export type Feed = (typeof FEEDS)[number];
