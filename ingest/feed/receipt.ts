import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import * as z from 'zod';
import { canonicalJson } from '@/domain/canonical-json';
import { FEEDS } from './lines';

/** Refusals listed in a receipt; the rest are counted, and every one is kept in quarantine. */
export const LISTED_REFUSALS_MAX = 1_000;

/** On a response whose receipt an earlier request of the same batch already had. */
export const EARLIER_RECEIPT = 'headwater-earlier-receipt';

/** Warnings in a receipt; more are cut off. */
export const WARNINGS_MAX = 20;

export const ReceiptRefusal = z.strictObject({
  /** Counted from 1 within the body; for ISO 20022, the position of the transaction within the message. */
  line: z.int().min(0),
  /** Dotted path of the field at fault, where one is. */
  field: z.string().nullable(),
  /** A stable code; docs/feed.md lists them. */
  reason: z.string(),
  /** The same for a person. */
  detail: z.string(),
});
export type ReceiptRefusal = z.infer<typeof ReceiptRefusal>;

const UnsignedReceipt = z.strictObject({
  batchId: z.string(),
  /** Code of the institution that sent. */
  institution: z.string(),
  feed: z.enum(FEEDS),
  /** Digest of the body as it was sent: "sha-256=:…:". */
  digest: z.string(),
  accepted: z.int().min(0),
  /** Lines that had been accepted before, with the same content. */
  duplicate: z.int().min(0),
  /** All refused lines, also those that `refusals` leaves out. */
  refused: z.int().min(0),
  refusals: z.array(ReceiptRefusal).max(LISTED_REFUSALS_MAX),
  /** What was accepted although it could not be checked fully, or waits for something else. */
  warnings: z.array(z.string()).max(WARNINGS_MAX).optional(),
  issuedAt: z.iso.datetime(),
  /** SHA-256 fingerprint of the gateway's receipt key: GET /v1/receipt-key gives the key. */
  signedBy: z.string(),
});
export type UnsignedReceipt = z.infer<typeof UnsignedReceipt>;

/** What the gateway answers once everything it speaks of is committed. Ed25519 over the canonical JSON of all else. */
export const Receipt = UnsignedReceipt.extend({ signature: z.base64() });
export type Receipt = z.infer<typeof Receipt>;

/** The receipt as it is stored and sent: canonical JSON, so that a retry returns the same bytes. */
export function signReceipt(receipt: Omit<UnsignedReceipt, 'signedBy'>, privateKey: KeyObject): string {
  const unsigned = { ...receipt, signedBy: keyFingerprint(createPublicKey(privateKey)) };
  const signature = sign(null, Buffer.from(canonicalJson(unsigned)), privateKey).toString('base64');
  return canonicalJson({ ...unsigned, signature });
}

export function receiptIsGenuine(receipt: Receipt, publicKey: KeyObject): boolean {
  const { signature, ...unsigned } = receipt;
  return verify(null, Buffer.from(canonicalJson(unsigned)), publicKey, Buffer.from(signature, 'base64'));
}

export function keyFingerprint(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}
