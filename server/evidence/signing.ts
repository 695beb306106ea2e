import 'server-only';
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { canonicalJson } from '@/domain/canonical-json';
import type { PublishedKey } from '@/domain/evidence/published-key';
import { sha256Hex } from './sha256';

/** Signs documents of one installation; `privateKey` is Ed25519, PKCS 8, DER, base64. */
export class Signer {
  readonly #key: KeyObject;
  readonly published: PublishedKey;

  constructor(privateKey: string) {
    this.#key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' });
    const der = createPublicKey(this.#key).export({ type: 'spki', format: 'der' });
    this.published = { algorithm: 'ed25519', fingerprint: sha256Hex(der), publicKey: der.toString('base64') };
  }

  /** The first line, the format, keeps a signature over one kind of document from passing for one over another. */
  sign(format: string, content: unknown): string {
    return sign(null, signedBytes(format, content), this.#key).toString('base64');
  }
}

/** Whether the key whose own words these are made the signature. Whose key it is must be known otherwise. */
export function isSigned(signed: { format: string; content: unknown; key: PublishedKey; signature: string }): boolean {
  const der = Buffer.from(signed.key.publicKey, 'base64');
  if (sha256Hex(der) !== signed.key.fingerprint) return false;
  const given = Buffer.from(signed.signature, 'base64');
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    // The last character of base64 has bits that decode to nothing: only one way of writing them is the signature.
    return (
      key.asymmetricKeyType === 'ed25519' &&
      given.toString('base64') === signed.signature &&
      verify(null, signedBytes(signed.format, signed.content), key, given)
    );
  } catch {
    return false;
  }
}

function signedBytes(format: string, content: unknown): Buffer {
  return Buffer.from(`${format}\n${canonicalJson(content)}`);
}
