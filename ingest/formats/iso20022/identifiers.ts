import { type Element, textAt } from './xml-tree';

const NOT_PROVIDED = /^NOT ?PROVIDED$/i;

/** What identifies a payment across messages, from a PmtId or from the Orgnl… elements of an answer. */
export type PaymentReference = {
  readonly uetr: string | undefined;
  readonly transactionId: string | undefined;
  readonly endToEndId: string | undefined;
};

/** Reads `prefix`UETR, `prefix`TxId and `prefix`EndToEndId: prefix "" for the payment itself, "Orgnl" for one that is answered. */
export function paymentReference(from: Element | undefined, prefix: '' | 'Orgnl'): PaymentReference {
  const endToEndId = textAt(from, `${prefix}EndToEndId`);
  return {
    uetr: textAt(from, `${prefix}UETR`)?.toLowerCase(),
    transactionId: textAt(from, `${prefix}TxId`),
    endToEndId: endToEndId && NOT_PROVIDED.test(endToEndId) ? undefined : endToEndId,
  };
}

/** The feed's id of the payment: its UETR, which is unique in the world; else its transaction id; else its end-to-end id. */
export function feedId({ uetr, transactionId, endToEndId }: PaymentReference): string | undefined {
  return identifier(uetr ?? transactionId ?? endToEndId);
}

/**
 * Identifiers of the feed are 1–64 visible ASCII characters, those of ISO 20022 any 35 characters:
 * the others are percent-encoded, so that different ids stay different. Undefined where the result is too long.
 */
export function identifier(text: string | undefined): string | undefined {
  if (!text) return undefined;
  const encoded = text.replace(/[^\x21-\x7e]|%/gu, (character) => encodeURIComponent(character));
  return encoded.length <= 64 ? encoded : undefined;
}
