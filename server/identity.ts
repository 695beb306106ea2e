import 'server-only';
import { createCipheriv, createDecipheriv, hash, hkdfSync, randomFillSync } from 'node:crypto';
import type { AccountId, TransactionKey } from '@/domain/ids';

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
  readonly #cipher: Buffer;
  readonly #random = Buffer.alloc(12 * 256);
  #randomAt = this.#random.length;

  constructor(keyBase64: string) {
    const key = Buffer.from(keyBase64, 'base64');
    const pseudonym = Buffer.alloc(64);
    Buffer.from(hkdfSync('sha256', key, '', 'account pseudonym', 32)).copy(pseudonym);
    this.#innerPad = Buffer.from(pseudonym.map((byte) => byte ^ 0x36));
    this.#outerPad = Buffer.from(pseudonym.map((byte) => byte ^ 0x5c));
    this.#cipher = Buffer.from(hkdfSync('sha256', key, '', 'account cipher', 32));
  }

  /** First 128 bits of HMAC-SHA-256(key, institution ∥ number), as they are: a pseudonym by construction. */
  idOf(institutionId: number, number: string): AccountId {
    // HMAC by its definition (RFC 2104) over the one-shot hash: a stream object for each account would cost the gateway several times this.
    const inner = hash('sha256', Buffer.concat([this.#innerPad, Buffer.from(`${institutionId}\0${number}`)]), 'buffer');
    const hex = hash('sha256', Buffer.concat([this.#outerPad, inner]), 'hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}` as AccountId;
  }

  /** AES-256-GCM: 12 bytes nonce, 16 bytes tag, ciphertext. */
  seal(number: string): Buffer {
    const nonce = this.#nextNonce();
    const cipher = createCipheriv('aes-256-gcm', this.#cipher, nonce);
    const sealed = Buffer.concat([cipher.update(number, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** Random bytes by the block: asked for one by one, they would cost more than the cipher. */
  #nextNonce(): Buffer {
    if (this.#randomAt === this.#random.length) {
      randomFillSync(this.#random);
      this.#randomAt = 0;
    }
    this.#randomAt += 12;
    return Buffer.from(this.#random.subarray(this.#randomAt - 12, this.#randomAt));
  }

  /** Throws where the bytes were changed or sealed under another key. */
  open(sealed: Uint8Array): string {
    const bytes = Buffer.from(sealed);
    const decipher = createDecipheriv('aes-256-gcm', this.#cipher, bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  }
}
