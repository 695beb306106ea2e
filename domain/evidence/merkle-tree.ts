/** SHA-256, or whatever the tree is made of; the domain itself computes no hashes. */
export type Hash = (bytes: Uint8Array) => Uint8Array;
/** The hash of the complete subtree at a height above the leaves (0), counted from the left. */
export type NodeAt = (level: number, index: number) => Uint8Array;
export type Node = { readonly level: number; readonly index: number; readonly hash: Uint8Array };

/** RFC 9162 §2.1.1: a leaf never hashes to what an inner node does. */
export function leafHash(hash: Hash, content: Uint8Array): Uint8Array {
  return hash(joined([LEAF], content));
}

export function innerHash(hash: Hash, left: Uint8Array, right: Uint8Array): Uint8Array {
  return hash(joined([INNER], left, right));
}

/** The right edge of a growing tree: all that is needed to append and to say the root. Sizes are whole numbers below 2⁵³. */
export class MerkleEdge {
  readonly #hash: Hash;
  #size: number;
  /** Complete subtrees, the largest first. */
  readonly #peaks: Node[];

  /** A tree of `size` leaves whose complete subtrees `nodeAt` knows; an empty one where nothing is said. */
  constructor(hash: Hash, size = 0, nodeAt?: NodeAt) {
    this.#hash = hash;
    this.#size = size;
    this.#peaks = peaksOf(size).map(({ level, index }) => ({ level, index, hash: (nodeAt as NodeAt)(level, index) }));
  }

  get size(): number {
    return this.#size;
  }

  /** Adds a leaf by its hash; the complete subtrees that this finishes, lowest first, the leaf itself not among them. */
  append(leaf: Uint8Array): readonly Node[] {
    let node: Node = { level: 0, index: this.#size, hash: leaf };
    const finished: Node[] = [];
    while (node.index % 2 === 1) {
      const left = this.#peaks.pop() as Node;
      node = { level: node.level + 1, index: (node.index - 1) / 2, hash: innerHash(this.#hash, left.hash, node.hash) };
      finished.push(node);
    }
    this.#peaks.push(node);
    this.#size++;
    return finished;
  }

  /** RFC 9162 §2.1.1; the root of nothing is the hash of nothing. */
  root(): Uint8Array {
    const [last, ...higher] = this.#peaks.toReversed();
    if (!last) return this.#hash(new Uint8Array());
    return higher.reduce((right, left) => innerHash(this.#hash, left.hash, right), last.hash);
  }
}

/** Where the complete subtrees of a tree of `size` leaves stand that cover it side by side. */
export function peaksOf(size: number): readonly { readonly level: number; readonly index: number }[] {
  const peaks: { level: number; index: number }[] = [];
  for (let from = 0; from < size; ) {
    const width = largestPowerUpTo(size - from);
    peaks.push({ level: Math.round(Math.log2(width)), index: from / width });
    from += width;
  }
  return peaks;
}

/** RFC 9162 §2.1.3.1: the audit path of one leaf in the tree of the first `size` leaves, from the leaf upwards. */
export function inclusionProof(hash: Hash, question: { leaf: number; size: number }, nodeAt: NodeAt): readonly Uint8Array[] {
  const { leaf, size } = question;
  if (!(leaf >= 0 && leaf < size)) throw new RangeError(`leaf ${leaf} is not in a tree of ${size}`);
  const path = (from: number, to: number): Uint8Array[] => {
    if (to - from === 1) return [];
    const middle = from + largestPowerBelow(to - from);
    return leaf < middle
      ? [...path(from, middle), rangeHash(hash, middle, to, nodeAt)]
      : [...path(middle, to), rangeHash(hash, from, middle, nodeAt)];
  };
  return path(0, size);
}

/** RFC 9162 §2.1.3.2: whether the leaf is in the tree of that root. */
export function isIncluded(
  hash: Hash,
  claim: { leaf: number; size: number; leafHash: Uint8Array; root: Uint8Array; proof: readonly Uint8Array[] },
): boolean {
  if (!(Number.isSafeInteger(claim.leaf) && claim.leaf >= 0 && claim.leaf < claim.size)) return false;
  let [place, last, value] = [claim.leaf, claim.size - 1, claim.leafHash];
  for (const step of claim.proof) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      value = innerHash(hash, step, value);
      while (place % 2 === 0 && place !== 0) [place, last] = [half(place), half(last)];
    } else value = innerHash(hash, value, step);
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && same(value, claim.root);
}

/** RFC 9162 §2.1.4.1: why the tree of the first `first` leaves is the beginning of the tree of `size`. */
export function consistencyProof(hash: Hash, question: { first: number; size: number }, nodeAt: NodeAt): readonly Uint8Array[] {
  const { first, size } = question;
  if (!(first > 0 && first <= size)) throw new RangeError(`a tree of ${first} is not the beginning of one of ${size}`);
  const path = (from: number, to: number, isWhole: boolean): Uint8Array[] => {
    if (first === to) return isWhole ? [] : [rangeHash(hash, from, to, nodeAt)];
    const middle = from + largestPowerBelow(to - from);
    return first <= middle
      ? [...path(from, middle, isWhole), rangeHash(hash, middle, to, nodeAt)]
      : [...path(middle, to, false), rangeHash(hash, from, middle, nodeAt)];
  };
  return path(0, size, true);
}

/** RFC 9162 §2.1.4.2: whether the second tree only added to the first. */
export function isConsistent(
  hash: Hash,
  claim: { first: number; firstRoot: Uint8Array; size: number; root: Uint8Array; proof: readonly Uint8Array[] },
): boolean {
  const { first, size } = claim;
  if (!(Number.isSafeInteger(first) && first > 0 && first <= size)) return false;
  if (first === size) return claim.proof.length === 0 && same(claim.firstRoot, claim.root);
  const [start, ...rest] = Number.isInteger(Math.log2(first)) ? [claim.firstRoot, ...claim.proof] : claim.proof;
  if (!start) return false;
  let [place, last] = [first - 1, size - 1];
  while (place % 2 === 1) [place, last] = [half(place), half(last)];
  let [before, after] = [start, start];
  for (const step of rest) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      [before, after] = [innerHash(hash, step, before), innerHash(hash, step, after)];
      while (place % 2 === 0 && place !== 0) [place, last] = [half(place), half(last)];
    } else after = innerHash(hash, after, step);
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && same(before, claim.firstRoot) && same(after, claim.root);
}

const LEAF = 0;
const INNER = 1;

/** The hash over leaves `from` to `to`, which need not be a complete subtree but begins where one does. */
function rangeHash(hash: Hash, from: number, to: number, nodeAt: NodeAt): Uint8Array {
  const width = to - from;
  if (largestPowerUpTo(width) === width) return nodeAt(Math.round(Math.log2(width)), from / width);
  const middle = from + largestPowerBelow(width);
  return innerHash(hash, rangeHash(hash, from, middle, nodeAt), rangeHash(hash, middle, to, nodeAt));
}

function largestPowerUpTo(count: number): number {
  let power = 1;
  while (power * 2 <= count) power *= 2;
  return power;
}

function largestPowerBelow(count: number): number {
  return largestPowerUpTo(count - 1);
}

function half(place: number): number {
  return Math.floor(place / 2);
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

function joined(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
