import { hash } from 'node:crypto';
import type { RawLine } from './feed-steps';
import { LINE_BYTES_MAX } from './read-lines';

/** SHA-256 of the line's bytes as they came, without the line end, in hexadecimal. */
export function digestOf(raw: RawLine): string {
  if (raw.contentDigest !== undefined) return raw.contentDigest;
  return raw.tooLong ? raw.tooLong.digest.toString('hex') : hash('sha256', raw.bytes, 'hex');
}

/**
 * The same with who reports it: SHA-256 of the institution's code, a NUL and the line, one byte in each character of a string. On the feed
 * of payments one id is one message, whoever sends it, and a second reporter is told of a conflict (docs/decisions/0002).
 */
export function reportDigestOf(reporter: string, raw: RawLine): string {
  if (raw.contentDigest !== undefined) return hash('sha256', `${reporter}\0${raw.contentDigest}`, 'binary');
  const lineAt = headAt(reporter);
  const end = lineAt + raw.bytes.copy(scratch, lineAt);
  views[end] ??= scratch.subarray(0, end);
  return hash('sha256', views[end] as Buffer, 'binary');
}

/** Room for a line and its reporter, used again for each, as are its beginnings: new buffers would cost more than the hash. */
const scratch = Buffer.allocUnsafeSlow(2 * LINE_BYTES_MAX);
const views: Buffer[] = [];
let head = '';
let headLength = 0;

function headAt(reporter: string): number {
  if (reporter === head) return headLength;
  head = reporter;
  headLength = scratch.write(`${reporter}\0`);
  return headLength;
}
