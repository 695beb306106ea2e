import { ByteWords } from './byte-words';

/** What all characters of a text have in common. */
export const VISIBLE = 1;
export const CODE = 2;
export const DIGIT = 4;
const PLAIN = 8;

/** Of each byte: zero ends or breaks a text (quotes, escapes, control characters, whatever is not ASCII). */
const KIND = new Uint8Array(256);
for (let byte = 0x20; byte < 0x7f; byte++) {
  const character = String.fromCharCode(byte);
  if (character === '"' || character === '\\') continue;
  KIND[byte] = PLAIN | (byte > 0x20 ? VISIBLE : 0) | (/[A-Za-z0-9._-]/.test(character) ? CODE : 0) | (/\d/.test(character) ? DIGIT : 0);
}

const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/**
 * Where the texts of a plain JSON object stand in its bytes. Plain is what senders usually write: known fields, none of them twice, all of
 * them texts in printable ASCII without escapes, and objects of such fields inside. Of anything else `read` says false, and somebody
 * slower looks at it.
 */
export class QuickFields {
  /** By number of the field: where its text begins, or -1; where it ends; what its characters have in common. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly kinds: Uint8Array;
  readonly #names: ByteWords;
  readonly #inside: ReadonlyMap<number, ByteWords>;
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;

  /** Fields are numbered as they are listed; those of an object inside as "object.field". */
  constructor(fields: readonly string[]) {
    const outer = fields.map((field) => (field.includes('.') ? '' : field));
    const objects = new Set(fields.filter((field) => field.includes('.')).map((field) => field.slice(0, field.indexOf('.'))));
    // An object has no text of its own: its number is behind the fields'.
    this.#names = new ByteWords([...outer, ...objects]);
    this.#inside = new Map(
      [...objects].map((object, i) => [
        fields.length + i,
        new ByteWords(fields.map((field) => (field.startsWith(`${object}.`) ? field.slice(object.length + 1) : ''))),
      ]),
    );
    this.from = new Int32Array(fields.length + objects.size);
    this.to = new Int32Array(fields.length + objects.size);
    this.kinds = new Uint8Array(fields.length + objects.size);
  }

  read(bytes: Buffer): boolean {
    this.from.fill(-1);
    this.#bytes = bytes;
    this.#at = 0;
    if (!this.#object(this.#names)) return false;
    this.#spaces();
    return this.#at === bytes.length;
  }

  #object(names: ByteWords): boolean {
    if (!this.#passes(OPEN)) return false;
    do {
      if (!this.#passes(QUOTE)) return false;
      const nameFrom = this.#at;
      this.#text();
      const field = names.find(this.#bytes, nameFrom, this.#at);
      if (field < 0 || this.from[field] !== -1 || !this.#passes(QUOTE) || !this.#passes(COLON)) return false;
      const inside = this.#inside.get(field);
      if (inside !== undefined) {
        this.from[field] = this.#at;
        if (!this.#object(inside)) return false;
        continue;
      }
      if (!this.#passes(QUOTE)) return false;
      this.from[field] = this.#at;
      this.kinds[field] = this.#text();
      this.to[field] = this.#at;
      if (!this.#passes(QUOTE)) return false;
    } while (this.#passes(COMMA));
    return this.#passes(CLOSE);
  }

  /** To the end of a text; what its characters have in common. */
  #text(): number {
    const bytes = this.#bytes;
    let at = this.#at;
    let common = 0xff;
    for (; at < bytes.length; at++) {
      const kind = KIND[bytes[at] as number] as number;
      if (kind === 0) break;
      common &= kind;
    }
    this.#at = at;
    return common;
  }

  /** Spaces before a mark mean nothing; a text that has ended stands at its quote, or is broken. */
  #passes(mark: number): boolean {
    if (this.#bytes[this.#at] === SPACE) this.#spaces();
    if (this.#bytes[this.#at] !== mark) return false;
    this.#at++;
    return true;
  }

  #spaces(): void {
    while (this.#bytes[this.#at] === SPACE) this.#at++;
  }
}
