import { hash } from 'node:crypto';
import type { RawLine } from './feed-steps';

/** SHA-256 of the line's bytes as they came, without the line end, in hexadecimal. */
export function digestOf(raw: RawLine): string {
  if (raw.contentDigest !== undefined) return raw.contentDigest;
  return raw.tooLong ? raw.tooLong.digest.toString('hex') : hash('sha256', raw.bytes, 'hex');
}
