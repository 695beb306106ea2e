const SLOTS = 256;

/** Finds known ASCII words in bytes without making a string of them. */
export class ByteWords {
  readonly #words: readonly Uint8Array[];
  /** By hash of the word: its number and one, or zero. No two of the words share a slot. */
  readonly #slots: Uint8Array;
  readonly #factor: number;

  /** At most a few dozen words, numbered as they are listed; an empty word is never found. */
  constructor(words: readonly string[]) {
    this.#words = words.map((word) => Buffer.from(word, 'latin1'));
    for (let factor = 1; ; factor += 2) {
      const slots = slotsOf(this.#words, factor);
      if (factor > 100_000) throw new Error('these words cannot be told apart');
      if (!slots) continue;
      this.#slots = slots;
      this.#factor = factor;
      return;
    }
  }

  /** Number of the word that stands from `from` up to `to`, or -1. */
  find(bytes: Uint8Array, from: number, to: number): number {
    const number = (this.#slots[slotOf(bytes, from, to, this.#factor)] as number) - 1;
    if (number < 0) return -1;
    const word = this.#words[number] as Uint8Array;
    if (word.length !== to - from) return -1;
    for (let i = 0; i < word.length; i++) if (word[i] !== bytes[from + i]) return -1;
    return number;
  }
}

// Length and four characters tell the words of a vocabulary apart; where they do not, the constructor throws.
function slotOf(bytes: Uint8Array, from: number, to: number, factor: number): number {
  const length = to - from;
  if (length <= 0) return 0;
  const first = bytes[from] as number;
  const middle = bytes[from + (length >> 1)] as number;
  const later = bytes[from + ((3 * length) >> 2)] as number;
  const last = bytes[to - 1] as number;
  return Math.imul(length ^ (first << 5) ^ (middle << 10) ^ (later << 15) ^ (last << 20), factor) >>> 24;
}

function slotsOf(words: readonly Uint8Array[], factor: number): Uint8Array | undefined {
  const slots = new Uint8Array(SLOTS);
  for (const [number, word] of words.entries()) {
    if (word.length === 0) continue;
    const slot = slotOf(word, 0, word.length, factor);
    if (slots[slot] !== 0) return undefined;
    slots[slot] = number + 1;
  }
  return slots;
}
