import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { consistencyProof, type Hash, inclusionProof, innerHash, isConsistent, isIncluded, leafHash, MerkleEdge } from './merkle-tree';

const sha256: Hash = (bytes) => createHash('sha256').update(bytes).digest();
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** Keeps every complete subtree, as the database does. */
function tree(leaves: readonly Uint8Array[]) {
  const edge = new MerkleEdge(sha256);
  const nodes = new Map<string, Uint8Array>();
  const roots = [edge.root()];
  for (const [index, content] of leaves.entries()) {
    const leaf = leafHash(sha256, content);
    nodes.set(`0:${index}`, leaf);
    for (const node of edge.append(leaf)) nodes.set(`${node.level}:${node.index}`, node.hash);
    roots.push(edge.root());
  }
  const nodeAt = (level: number, index: number) => {
    const found = nodes.get(`${level}:${index}`);
    if (!found) throw new Error(`there is no subtree ${level}:${index}`);
    return found;
  };
  return { roots, nodeAt };
}

// The definition, word for word: RFC 9162 §2.1.1.
function slowRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256(new Uint8Array());
  if (leaves.length === 1) return leafHash(sha256, leaves[0] as Uint8Array);
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return innerHash(sha256, slowRoot(leaves.slice(0, k)), slowRoot(leaves.slice(k)));
}

// The eight inputs and the roots that implementations of Certificate Transparency are held against.
const PUBLISHED = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const PUBLISHED_ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
// [leaf, size, proof], as published beside them.
const PUBLISHED_PATHS: readonly [number, number, readonly string[]][] = [
  [0, 1, []],
  [
    0,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    5,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
];

describe('a Merkle tree', () => {
  const published = PUBLISHED.map((text) => Buffer.from(text, 'hex'));

  test('has the published roots at every size', () => {
    expect(tree(published).roots.map(hex)).toEqual(PUBLISHED_ROOTS);
  });

  test('gives the published inclusion proofs', () => {
    const { nodeAt } = tree(published);
    for (const [leaf, size, path] of PUBLISHED_PATHS) expect(inclusionProof(sha256, { leaf, size }, nodeAt).map(hex)).toEqual(path);
  });

  test('grown leaf by leaf has the root of its definition', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 8 }), { maxLength: 70 }), (leaves) => {
        expect(hex(tree(leaves).roots.at(-1) as Uint8Array)).toBe(hex(slowRoot(leaves)));
      }),
      { numRuns: 100 },
    );
  });

  test('can be taken up again at any size from its complete subtrees', () => {
    const leaves = Array.from({ length: 67 }, (_, n) => Buffer.from([n]));
    const { roots, nodeAt } = tree(leaves);
    for (let size = 0; size < leaves.length; size++) {
      const edge = new MerkleEdge(sha256, size, nodeAt);
      expect(hex(edge.root())).toBe(hex(roots[size] as Uint8Array));
      edge.append(leafHash(sha256, leaves[size] as Uint8Array));
      expect(hex(edge.root())).toBe(hex(roots[size + 1] as Uint8Array));
    }
  });

  test('proves every leaf in every size, and no other leaf, place, size or root', () => {
    const leaves = Array.from({ length: 40 }, (_, n) => Buffer.from([n]));
    const { roots, nodeAt } = tree(leaves);
    for (let size = 1; size <= leaves.length; size++)
      for (let leaf = 0; leaf < size; leaf++) {
        const proof = inclusionProof(sha256, { leaf, size }, nodeAt);
        const claim = { leaf, size, leafHash: nodeAt(0, leaf), root: roots[size] as Uint8Array, proof };
        expect(isIncluded(sha256, claim)).toBe(true);
        expect(isIncluded(sha256, { ...claim, leafHash: sha256(Buffer.from('other')) })).toBe(false);
        expect(isIncluded(sha256, { ...claim, leaf: size })).toBe(false);
        if (size > 1) expect(isIncluded(sha256, { ...claim, leaf: (leaf + 1) % size })).toBe(false);
        expect(isIncluded(sha256, { ...claim, root: roots[size - 1] as Uint8Array })).toBe(false);
        expect(isIncluded(sha256, { ...claim, proof: [...proof, leafHash(sha256, Buffer.from('more'))] })).toBe(false);
        if (proof.length > 0) expect(isIncluded(sha256, { ...claim, proof: proof.slice(1) })).toBe(false);
      }
  });

  test('proves of any two of its sizes that the later only added, and of no other root', () => {
    const leaves = Array.from({ length: 40 }, (_, n) => Buffer.from([n]));
    const { roots, nodeAt } = tree(leaves);
    for (let size = 1; size <= leaves.length; size++)
      for (let first = 1; first <= size; first++) {
        const proof = consistencyProof(sha256, { first, size }, nodeAt);
        const claim = { first, firstRoot: roots[first] as Uint8Array, size, root: roots[size] as Uint8Array, proof };
        expect(isConsistent(sha256, claim)).toBe(true);
        expect(isConsistent(sha256, { ...claim, firstRoot: roots[first - 1] as Uint8Array })).toBe(false);
        expect(isConsistent(sha256, { ...claim, root: sha256(Buffer.from('other')) })).toBe(false);
        expect(isConsistent(sha256, { ...claim, proof: [...proof, roots[1] as Uint8Array] })).toBe(false);
      }
  });

  test('refuses questions that it cannot answer', () => {
    const { nodeAt } = tree([Buffer.from('a')]);
    expect(() => inclusionProof(sha256, { leaf: 1, size: 1 }, nodeAt)).toThrow(RangeError);
    expect(() => consistencyProof(sha256, { first: 0, size: 1 }, nodeAt)).toThrow(RangeError);
  });
});
