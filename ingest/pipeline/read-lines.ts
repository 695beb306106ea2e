import { createHash, type Hash } from 'node:crypto';
import type { RawLine } from './feed-steps';
import { RequestRefused } from './request-refused';

export const LINE_BYTES_MAX = 64 * 1024;
export const LINES_MAX = 200_000;
/** What is kept of a refused line. */
export const HEAD_BYTES_MAX = 4 * 1024;
const CHUNK_LINES = 2_000;
const CHUNK_BYTES = 1536 * 1024;

/** A body's lines in chunks. A line of any length passes in bounded memory: of one that is too long only its head is kept. */
export async function* readLines(bytes: AsyncIterable<Buffer>, chunkLines = CHUNK_LINES): AsyncGenerator<RawLine[]> {
  const splitter = new LineSplitter();
  let chunk: RawLine[] = [];
  let chunkBytes = 0;
  for await (const piece of bytes) {
    for (const line of splitter.push(piece)) {
      chunk.push(line);
      chunkBytes += line.bytes.length;
      if (chunk.length < chunkLines && chunkBytes < CHUNK_BYTES) continue;
      yield chunk;
      chunk = [];
      chunkBytes = 0;
    }
  }
  const last = splitter.end();
  if (last) chunk.push(last);
  if (chunk.length > 0) yield chunk;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

class LineSplitter {
  #lineNo = 0;
  #parts: Buffer[] = [];
  #length = 0;
  /** Running while the current line is too long to keep. */
  #hash: Hash | undefined;

  *push(piece: Buffer): Generator<RawLine> {
    let from = 0;
    for (let to = piece.indexOf(LINE_FEED); to >= 0; to = piece.indexOf(LINE_FEED, from)) {
      this.#add(piece.subarray(from, to));
      from = to + 1;
      const line = this.#finish();
      if (line) yield line;
    }
    if (from < piece.length) this.#add(piece.subarray(from));
  }

  end(): RawLine | undefined {
    return this.#length > 0 ? this.#finish() : undefined;
  }

  #add(part: Buffer): void {
    this.#length += part.length;
    if (this.#hash) {
      this.#hash.update(part);
      return;
    }
    this.#parts.push(part);
    if (this.#length <= LINE_BYTES_MAX + 1) return;
    this.#hash = createHash('sha256');
    const kept = Buffer.concat(this.#parts);
    this.#hash.update(kept);
    this.#parts = [Buffer.from(kept.subarray(0, HEAD_BYTES_MAX))];
  }

  /** Empty lines count, but are no lines of the feed. */
  #finish(): RawLine | undefined {
    this.#lineNo += 1;
    const lineNo = this.#lineNo;
    if (lineNo > LINES_MAX) throw new RequestRefused(413, 'too-many-lines', `A request may have ${LINES_MAX} lines.`);
    const whole = this.#parts.length === 1 ? (this.#parts[0] as Buffer) : Buffer.concat(this.#parts);
    const length = this.#length;
    const digest = this.#hash?.digest();
    this.#parts = [];
    this.#length = 0;
    this.#hash = undefined;
    if (digest) return { lineNo, bytes: whole, tooLong: { length, digest } };
    const bytes = whole[whole.length - 1] === CARRIAGE_RETURN ? whole.subarray(0, -1) : whole;
    if (bytes.length > LINE_BYTES_MAX) {
      return { lineNo, bytes: bytes.subarray(0, HEAD_BYTES_MAX), tooLong: { length, digest: createHash('sha256').update(bytes).digest() } };
    }
    return bytes.length > 0 ? { lineNo, bytes } : undefined;
  }
}
