import fs from 'node:fs';
import { pipeline, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';

export type CsvRow = {
  /** Counted from 1, without the header. */
  readonly row: number;
  readonly cells: readonly string[];
};

const ROW_CHARACTERS_MAX = 1_000_000;

/**
 * The rows of a CSV file, header first (row 0), read as a stream; gzip is recognised by its first bytes.
 * Rows may be longer or shorter than the header: whoever reads them decides. Throws where quotes never close or bytes are no UTF-8.
 */
export async function* csvRows(file: string, dialect: { readonly delimiter: string; readonly quote: string }): AsyncGenerator<CsvRow> {
  const parser = parse({
    delimiter: dialect.delimiter,
    quote: dialect.quote,
    escape: dialect.quote,
    bom: true,
    encoding: 'utf8',
    relax_column_count: true,
    // A quote inside an unquoted cell is a character like others.
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: ROW_CHARACTERS_MAX,
  });
  // `pipeline` hands every fault of reading and inflating on to the parser, and the loop below throws it.
  const source = fs.createReadStream(file, { highWaterMark: 1 << 18 });
  const done = () => {};
  if (isGzip(file)) pipeline(source, createGunzip(), utf8Only(), parser, done);
  else pipeline(source, utf8Only(), parser, done);
  let row = 0;
  for await (const cells of parser) yield { row: row++, cells: cells as string[] };
}

// Bytes of another encoding would silently become question marks in account numbers.
function utf8Only(): Transform {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (part?: Buffer) => {
    try {
      return decoder.decode(part, { stream: part !== undefined });
    } catch {
      throw new Error('the file is not UTF-8');
    }
  };
  return new Transform({
    transform(part: Buffer, _encoding, done) {
      try {
        done(null, decode(part));
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      try {
        done(null, decode());
      } catch (error) {
        done(error as Error);
      }
    },
  });
}

/** Whether the file begins as gzip does. */
export function isGzip(file: string): boolean {
  const head = firstBytes(file, 2);
  return head[0] === 0x1f && head[1] === 0x8b;
}

export function firstBytes(file: string, count: number): Buffer {
  const handle = fs.openSync(file, 'r');
  try {
    const head = Buffer.alloc(count);
    return head.subarray(0, fs.readSync(handle, head, 0, count, 0));
  } finally {
    fs.closeSync(handle);
  }
}
