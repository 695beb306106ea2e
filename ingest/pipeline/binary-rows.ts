import { constants } from 'node:buffer';

// PostgreSQL, "COPY", binary format: a header, then for each row the number of fields and each field's length and bytes, big-endian.
const HEADER = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
const TRAILER = Buffer.from([0xff, 0xff]);
const HALF_RANGE = 2 ** 32;
/** Microseconds from 1970 to 2000, where PostgreSQL counts from. */
const EPOCH_MICROS = 946_684_800_000_000;

/**
 * Rows in COPY's binary format, one behind the other: the server takes them in without parsing times, numbers and uuids, and nothing in
 * them needs escaping. Whoever writes makes room first; the writing itself does not check.
 */
export class BinaryRows {
  bytes: Buffer;
  at = 0;

  constructor(capacity: number) {
    this.bytes = Buffer.allocUnsafeSlow(capacity);
  }

  /** Makes room for so many more bytes; offsets stay as they are. */
  makeRoom(length: number): void {
    if (this.at + length <= this.bytes.length) return;
    const wider = Buffer.allocUnsafeSlow(Math.min(constants.MAX_LENGTH, Math.max(2 * this.bytes.length, this.at + length)));
    this.bytes.copy(wider, 0, 0, this.at);
    this.bytes = wider;
  }

  fieldCount(count: number): void {
    this.bytes[this.at++] = count >> 8;
    this.bytes[this.at++] = count;
  }

  absent(): void {
    this.int32(-1);
  }

  int4(value: number): void {
    this.int32(4);
    this.int32(value);
  }

  /** Exact for whole numbers that a double holds. */
  int8(value: number): void {
    const high = Math.floor(value / HALF_RANGE);
    this.int32(8);
    this.int32(high);
    this.int32(value - high * HALF_RANGE);
  }

  bigint8(value: bigint): void {
    this.int32(8);
    this.at = this.bytes.writeBigInt64BE(value, this.at);
  }

  /** `micros` since 1970. */
  timestamp(micros: number): void {
    this.int8(micros - EPOCH_MICROS);
  }

  /** Text in UTF-8, enumerated types, and bytea. */
  bytesOf(source: Buffer, from: number, to: number): void {
    this.int32(to - from);
    const { bytes } = this;
    let at = this.at;
    // Most of them are shorter than a native copy is worth.
    for (let i = from; i < to; i++) bytes[at++] = source[i] as number;
    this.at = at;
  }

  /** Text and enumerated types, of characters that are ASCII. */
  text(text: string): void {
    this.int32(text.length);
    this.at += this.bytes.write(text, this.at, 'latin1');
  }

  /** Bytea of bytes that stand in a string, one in each character. */
  latin1(bytes: string): void {
    this.text(bytes);
  }

  /** The length of a uuid; its sixteen bytes are written by the caller, who moves `at` on. */
  uuidLength(): void {
    this.int32(16);
  }

  uuid(text: string): void {
    this.uuidLength();
    this.at += this.bytes.write(text.replaceAll('-', ''), this.at, 'hex');
  }

  int32(value: number): void {
    const { bytes, at } = this;
    bytes[at] = value >> 24;
    bytes[at + 1] = value >> 16;
    bytes[at + 2] = value >> 8;
    bytes[at + 3] = value;
    this.at = at + 4;
  }
}

/** Everything that one COPY sends, of rows that were written before. */
export function copyStream(rows: readonly Buffer[]): readonly Buffer[] {
  return [HEADER, ...rows, TRAILER];
}
