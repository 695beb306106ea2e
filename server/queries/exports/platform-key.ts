import 'server-only';
import { environment } from '@/server/environment';
import { Signer } from '@/server/evidence/signing';
import type { Actor } from '@/server/session';

/** SHA-256 of the public key that bundles and checkpoints are signed with: what a verifier compares. */
export function platformKey(_actor: Actor): string {
  return new Signer(environment().HEADWATER_RECEIPT_KEY).published.fingerprint;
}
