import * as z from 'zod';

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** The public half of a signing key, as documents carry it. */
export const PublishedKey = z.strictObject({
  algorithm: z.literal('ed25519'),
  /** SHA-256 of the key's DER form. */
  fingerprint: Sha256,
  /** SPKI, DER, base64. */
  publicKey: z.base64(),
});
export type PublishedKey = z.infer<typeof PublishedKey>;
