import 'server-only';
import { hash, hkdfSync } from 'node:crypto';
import type { AccountId, TransactionKey } from '@/domain/ids';
import { Sealing } from './sealing';

/** UUID (version 8: custom) from the first 16 bytes of a text's SHA-256. */
function uuidOf(text: string): string {
  const hex = hash('sha256', text, 'hex');
  const variant = '89ab'[Number.parseInt(hex[16] as string, 16) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Every party's leg of one payment computes the same key from the platform's transaction id. */
export function transactionKeyOf(transactionId: string): TransactionKey {
  return uuidOf(`transaction\0${transactionId}`) as TransactionKey;
}

/** The same key's sixteen bytes, written to `out`, of an id in ASCII as it stands in `bytes`. */
export function writeTransactionKey(bytes: Buffer, from: number, to: number, out: Buffer, at: number): void {
  keyed.copyFrom(bytes, from, to);
  out.write(hash('sha256', keyed.filled, 'binary'), at, 16, 'latin1');
  out[at + 6] = 0x80 | ((out[at + 6] as number) & 0x0f);
  out[at + 8] = 0x80 | ((out[at + 8] as number) & 0x3f);
}

/** Permanent key of one message of one institution on one feed. */
export function messageKeyOf(input: { institutionId: number; feed: string; messageId: string }): string {
  return uuidOf(`${input.feed}\0${input.institutionId}\0${input.messageId}`);
}

/** Bytes to be hashed, behind a head that stays: asking for a new buffer each time would cost more than the hash. */
class Scratch {
  readonly bytes: Buffer;
  readonly #head: number;
  readonly #views: Buffer[] = [];
  filled: Buffer;

  constructor(head: Buffer, room: number) {
    this.bytes = Buffer.alloc(head.length + room);
    this.#head = head.copy(this.bytes);
    this.filled = this.bytes;
  }

  copyFrom(source: Buffer, from: number, to: number, behind = 0): void {
    const at = this.#head + behind;
    const end = at + to - from;
    if (end > this.bytes.length) {
      this.filled = Buffer.concat([this.bytes.subarray(0, at), source.subarray(from, to)]);
      return;
    }
    for (let i = from, o = at; i < to; i++, o++) this.bytes[o] = source[i] as number;
    this.#views[end] ??= this.bytes.subarray(0, end);
    this.filled = this.#views[end] as Buffer;
  }

  /** Writes a whole number and a NUL behind the head; how many bytes that were. */
  number(value: number): number {
    const length = this.bytes.write(String(value), this.#head, 'latin1');
    this.bytes[this.#head + length] = 0;
    return length + 1;
  }
}

/** More than any id or number of the feed has. */
const HASHED_BYTES_MAX = 1024;
const keyed = new Scratch(Buffer.from('transaction\0'), HASHED_BYTES_MAX);

/** Pseudonyms and ciphers of account numbers under one installation's key. */
export class AccountKeys {
  readonly #inner: Scratch;
  readonly #outer: Scratch;
  readonly #sealing: Sealing;

  constructor(keyBase64: string) {
    const key = Buffer.from(keyBase64, 'base64');
    const pseudonym = Buffer.alloc(64);
    Buffer.from(hkdfSync('sha256', key, '', 'account pseudonym', 32)).copy(pseudonym);
    this.#inner = new Scratch(Buffer.from(pseudonym.map((byte) => byte ^ 0x36)), HASHED_BYTES_MAX);
    this.#outer = new Scratch(Buffer.from(pseudonym.map((byte) => byte ^ 0x5c)), 32);
    this.#sealing = new Sealing(keyBase64, 'account cipher');
  }

  /** First 128 bits of HMAC-SHA-256(key, institution ∥ number), as they are: a pseudonym by construction. */
  idOf(institutionId: number, number: string): AccountId {
    const bytes = Buffer.from(number);
    this.writeId(institutionId, bytes, 0, bytes.length, written, 0);
    const hex = written.toString('hex', 0, 16);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}` as AccountId;
  }

  /** The pseudonym's sixteen bytes, written to `out`, of a number as it stands in `bytes` (UTF-8). */
  writeId(institutionId: number, bytes: Buffer, from: number, to: number, out: Buffer, at: number): void {
    // HMAC by its definition (RFC 2104) over the one-shot hash: a stream object for each account would cost the gateway several times this.
    this.#inner.copyFrom(bytes, from, to, this.#inner.number(institutionId));
    digest.write(hash('sha256', this.#inner.filled, 'binary'), 0, 'latin1');
    this.#outer.copyFrom(digest, 0, 32);
    out.write(hash('sha256', this.#outer.filled, 'binary'), at, 16, 'latin1');
  }

  seal(number: string): Buffer {
    return this.#sealing.seal(number);
  }

  /** Throws where the bytes were changed or sealed under another key. */
  open(sealed: Uint8Array): string {
    return this.#sealing.open(sealed);
  }
}

const digest = Buffer.alloc(32);
const written = Buffer.alloc(16);
