import type { Feed } from '../feed/lines';
import { type Headers, parseDigest, readSignature, verifyRequest } from '../feed/signature';
import type { Delivery } from './delivery';
import type { InstitutionRegister, SigningKey } from './institution-register';
import { RequestRefused } from './request-refused';

export const CLOCK_SKEW_MAX_SECONDS = 300;

/** Who sends, by signature over the headers alone. The nonce is used up later, in the batch's own transaction. */
export async function authenticate(
  request: { readonly method: string; readonly path: string; readonly headers: Headers; readonly feed: Feed },
  register: InstitutionRegister,
  now: Date,
): Promise<Delivery> {
  const { headers, feed } = request;
  const batchId = headers['headwater-batch-id'];
  if (typeof batchId !== 'string' || !/^[\x21-\x7e]{1,64}$/.test(batchId)) {
    throw new RequestRefused(400, 'batch-id-malformed', 'The header headwater-batch-id must be 1 to 64 visible ASCII characters.');
  }
  const digestText = headers['content-digest'];
  const digest = typeof digestText === 'string' ? parseDigest(digestText) : undefined;
  if (!digest) throw new RequestRefused(400, 'digest-malformed', 'The header content-digest must be sha-256=:base64: of the body as sent.');

  const signature = readSignature(headers, request.path.includes('?'));
  if (typeof signature === 'string') throw new RequestRefused(401, 'signature-malformed', signature);
  const skewSeconds = Math.abs(now.getTime() / 1000 - signature.createdAtSeconds);
  if (skewSeconds > CLOCK_SKEW_MAX_SECONDS) {
    throw new RequestRefused(401, 'clock-skew', 'The signature was made more than five minutes from now by the gateway’s clock.', {
      gatewayTime: now.toISOString(),
    });
  }
  await register.freshen();
  if (!register.key(signature.keyId)) await register.lookAgain();
  const key = register.key(signature.keyId);
  if (!key || !verifyRequest(request, signature, key.publicKey)) {
    // One answer for both: nobody learns which keys exist.
    throw new RequestRefused(401, 'signature-invalid', 'No such key, or the signature does not fit it and the request.');
  }
  refuseUnfit(key, feed, now);
  return { feed, sender: key.institution, key, batchId, nonce: signature.nonce, digest, receivedAt: now };
}

function refuseUnfit(key: SigningKey, feed: Feed, now: Date): void {
  if (key.revokedAt) throw new RequestRefused(401, 'key-revoked', `The key was revoked at ${key.revokedAt.toISOString()}.`);
  if (key.expiresAt && key.expiresAt <= now)
    throw new RequestRefused(401, 'key-expired', `The key ended at ${key.expiresAt.toISOString()}.`);
  if (!key.scopes.has(feed)) throw new RequestRefused(403, 'scope-missing', `The key may not send to ${feed}.`);
  const { status } = key.institution;
  if (status === 'suspended' || status === 'exited') {
    throw new RequestRefused(403, 'institution-suspended', `The institution is ${status}; its feed is not taken.`);
  }
}
