import 'server-only';
import { hash, hkdfSync } from 'node:crypto';
import type { AccountId, TransactionKey } from '@/domain/ids';
import { Sealing } from './sealing';

/** UUID (version 8: custom) from the first 16 bytes of a text's SHA-256. */
function uuidOf(text: string): string {
  const hex = hash('sha256', text, 'hex');
  const variant = '89ab'[Number.parseInt(hex[16] as string, 16) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Every party's leg of one payment computes the same key from the platform's transaction id. */
export function transactionKeyOf(transactionId: string): TransactionKey {
  return uuidOf(`transaction\0${transactionId}`) as TransactionKey;
}

/** Permanent key of one message of one institution on one feed. */
export function messageKeyOf(input: { institutionId: number; feed: string; messageId: string }): string {
  return uuidOf(`${input.feed}\0${input.institutionId}\0${input.messageId}`);
}

/** Pseudonyms and ciphers of account numbers under one installation's key. */
export class AccountKeys {
  readonly #innerPad: Buffer;
  readonly #outerPad: Buffer;
  readonly #sealing: Sealing;

  constructor(keyBase64: string) {
    const key = Buffer.from(keyBase64, 'base64');
    const pseudonym = Buffer.alloc(64);
    Buffer.from(hkdfSync('sha256', key, '', 'account pseudonym', 32)).copy(pseudonym);
    this.#innerPad = Buffer.from(pseudonym.map((byte) => byte ^ 0x36));
    this.#outerPad = Buffer.from(pseudonym.map((byte) => byte ^ 0x5c));
    this.#sealing = new Sealing(keyBase64, 'account cipher');
  }

  /** First 128 bits of HMAC-SHA-256(key, institution ∥ number), as they are: a pseudonym by construction. */
  idOf(institutionId: number, number: string): AccountId {
    // HMAC by its definition (RFC 2104) over the one-shot hash: a stream object for each account would cost the gateway several times this.
    const inner = hash('sha256', Buffer.concat([this.#innerPad, Buffer.from(`${institutionId}\0${number}`)]), 'buffer');
    const hex = hash('sha256', Buffer.concat([this.#outerPad, inner]), 'hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}` as AccountId;
  }

  seal(number: string): Buffer {
    return this.#sealing.seal(number);
  }

  /** Throws where the bytes were changed or sealed under another key. */
  open(sealed: Uint8Array): string {
    return this.#sealing.open(sealed);
  }
}
