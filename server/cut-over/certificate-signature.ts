import 'server-only';
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { canonicalJson } from '@/domain/canonical-json';
import { Certificate, certificateText, signedText, type UnsignedCertificate } from '@/domain/cut-over/certificate';
import { judgeEvidence } from '@/domain/cut-over/judge-evidence';

export const VERIFICATION_FAULTS = [
  'not-canonical',
  'not-a-certificate',
  'evidence-changed',
  'key-changed',
  'other-key',
  'signature-wrong',
  'same-person',
  'not-proven',
] as const;
export type VerificationFault = (typeof VERIFICATION_FAULTS)[number];
export type Verification =
  | { readonly kind: 'good'; readonly certificate: Certificate }
  | { readonly kind: 'bad'; readonly fault: VerificationFault; readonly detail: string };

/** `privateKey`: Ed25519, PKCS 8, DER, base64. */
export function signCertificate(content: Omit<UnsignedCertificate, 'key'>, privateKey: string): string {
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' });
  const der = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const unsigned = {
    ...content,
    key: { algorithm: 'ed25519' as const, fingerprint: sha256(der), publicKey: der.toString('base64') },
  };
  return certificateText({ ...unsigned, signature: sign(null, Buffer.from(signedText(unsigned)), key).toString('base64') });
}

/**
 * Whether a document is whole, offline: its form, its evidence, its signature, and that the evidence proves what it says. Whose key it is
 * only `fingerprint` can tell, which must have come by another way.
 */
export function verifyCertificate(bytes: Uint8Array, { fingerprint }: { readonly fingerprint?: string | undefined } = {}): Verification {
  const bad = (fault: VerificationFault, detail: string): Verification => ({ kind: 'bad', fault, detail });
  const json = parsed(bytes);
  if (json === undefined) return bad('not-canonical', 'The file is not UTF-8 JSON.');
  const read = Certificate.safeParse(json);
  if (!read.success)
    return bad('not-a-certificate', `The file is no certificate of a known format: ${read.error.issues[0]?.path.join('.')}.`);
  const certificate = read.data;
  if (!Buffer.from(certificateText(certificate)).equals(bytes))
    return bad('not-canonical', 'The file is not written as certificates are: something was added, left out or written differently.');
  const { signature, ...unsigned } = certificate;
  if (sha256(canonicalJson(certificate.evidence)) !== certificate.evidenceSha256)
    return bad('evidence-changed', 'The evidence is not the one whose digest the certificate states.');
  const der = Buffer.from(certificate.key.publicKey, 'base64');
  if (sha256(der) !== certificate.key.fingerprint)
    return bad('key-changed', 'The key is not the one whose fingerprint the certificate states.');
  if (fingerprint !== undefined && fingerprint.toLowerCase() !== certificate.key.fingerprint)
    return bad('other-key', `The certificate is signed by ${certificate.key.fingerprint}, not by the key that was asked for.`);
  if (!isSigned(signedText(unsigned), signature, der)) return bad('signature-wrong', 'The signature does not fit the certificate.');
  if (certificate.requested.login === certificate.approved.login) return bad('same-person', 'One person both asked and approved.');
  const reasons = judgeEvidence(certificate.evidence);
  if (reasons.length > 0) return bad('not-proven', `The evidence does not prove it: ${reasons.map(({ code }) => code).join(', ')}.`);
  return { kind: 'good', certificate };
}

function isSigned(text: string, signature: string, der: Buffer): boolean {
  let key: KeyObject;
  try {
    key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  } catch {
    return false;
  }
  const given = Buffer.from(signature, 'base64');
  // The last character of base64 has bits that decode to nothing: only one way of writing them is the signature.
  return key.asymmetricKeyType === 'ed25519' && given.toString('base64') === signature && verify(null, Buffer.from(text), key, given);
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
