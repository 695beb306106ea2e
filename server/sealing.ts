import 'server-only';
import { createCipheriv, createDecipheriv, hkdfSync, randomFillSync } from 'node:crypto';

/** What is sealed under a key of its own, derived from the installation's. */
export type SealedKind = 'account cipher' | 'message cipher';

/** Texts at rest: AES-256-GCM as 12 bytes nonce, 16 bytes tag, ciphertext. */
export class Sealing {
  readonly #key: Buffer;
  readonly #random = Buffer.alloc(12 * 256);
  #randomAt = this.#random.length;

  constructor(keyBase64: string, kind: SealedKind) {
    this.#key = Buffer.from(hkdfSync('sha256', Buffer.from(keyBase64, 'base64'), '', kind, 32));
  }

  seal(text: string): Buffer {
    const nonce = this.#nextNonce();
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** Throws where the bytes were changed or sealed under another key. */
  open(sealed: Uint8Array): string {
    const bytes = Buffer.from(sealed);
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, 12), { authTagLength: 16 });
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
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
}
