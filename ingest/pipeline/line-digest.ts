import { hash } from 'node:crypto';
import type { RawLine } from './feed-steps';
import { LINE_BYTES_MAX } from './read-lines';

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
  if (raw.contentDigest !== undefined) return hash('sha256', `${reporter}\0${raw.contentDigest}`, 'hex');
  const lineAt = scratch.write(`${reporter}\0`);
  return hash('sha256', scratch.subarray(0, lineAt + raw.bytes.copy(scratch, lineAt)), 'hex');
}

/** Room for a line and its reporter, used again for each: new buffers would cost more than the hash. */
const scratch = Buffer.allocUnsafeSlow(2 * LINE_BYTES_MAX);
