import { hash } from 'node:crypto';
import type { RawLine } from './feed-steps';

/** SHA-256 of the line's bytes as they came, without the line end, in hexadecimal. */
export function digestOf(raw: RawLine): string {
  if (raw.contentDigest !== undefined) return raw.contentDigest;
  return raw.tooLong ? raw.tooLong.digest.toString('hex') : hash('sha256', raw.bytes, 'hex');
}

/**
 * The same with who reports it: SHA-256 of the institution's code, a NUL and the line. On the feed of payments one id is one message,
 * whoever sends it, and a second reporter is told of a conflict (docs/decisions/0002).
 */
export function reportDigestOf(reporter: string, raw: RawLine): string {
  const line = raw.contentDigest === undefined ? raw.bytes : Buffer.from(raw.contentDigest);
  return hash('sha256', Buffer.concat([Buffer.from(`${reporter}\0`), line]), 'hex');
}
