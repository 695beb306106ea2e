import * as z from 'zod';
import { canonicalJson } from '@/domain/canonical-json';
import { Evidence } from './evidence';

export const CERTIFICATE_FORMAT = 'headwater-cut-over-certificate/1';

const Person = z.strictObject({ login: z.string(), name: z.string(), at: z.iso.datetime(), note: z.string() });
const Names = z.strictObject({ zh: z.string(), en: z.string() });

/** What is signed: the evidence, who asked, who else approved, and under which key. */
export const UnsignedCertificate = z.strictObject({
  format: z.literal(CERTIFICATE_FORMAT),
  id: z.uuid(),
  names: z.strictObject({ institution: Names, bank: Names }),
  evidence: Evidence,
  /** SHA-256 of the evidence's canonical JSON: what both people saw. */
  evidenceSha256: z.string().regex(/^[0-9a-f]{64}$/),
  requested: Person,
  approved: Person,
  key: z.strictObject({
    algorithm: z.literal('ed25519'),
    /** SHA-256 of the key's DER form. */
    fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
    /** SPKI, DER, base64. */
    publicKey: z.base64(),
  }),
});
export type UnsignedCertificate = z.infer<typeof UnsignedCertificate>;
export const Certificate = UnsignedCertificate.extend({ signature: z.base64() });
export type Certificate = z.infer<typeof Certificate>;

/** The bytes that the signature covers. The first line keeps a signature of this key over anything else from passing for one of these. */
export function signedText(certificate: UnsignedCertificate): string {
  return `${CERTIFICATE_FORMAT}\n${canonicalJson(certificate)}`;
}

/** The document as it is handed out: canonical JSON and one line end, so that there is one way only to write it. */
export function certificateText(certificate: Certificate): string {
  return `${canonicalJson(certificate)}\n`;
}
