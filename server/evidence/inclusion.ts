import 'server-only';
import { inclusionProof } from '@/domain/evidence/merkle-tree';
import { sha256Bytes } from './sha256';

export type Subtree = { readonly level: number; readonly index: number };

/** The audit path of a leaf, as hex, where `fetch` gives the hashes of complete subtrees in the order it is asked for them. */
export async function inclusionPath(
  question: { readonly leaf: number; readonly size: number },
  fetch: (subtrees: readonly Subtree[]) => Promise<readonly Uint8Array[]>,
): Promise<string[]> {
  // First which subtrees the proof is made of, then their hashes in one question.
  const wanted: Subtree[] = [];
  inclusionProof(sha256Bytes, question, (level, index) => {
    wanted.push({ level, index });
    return new Uint8Array(32);
  });
  const found = await fetch(wanted);
  let next = 0;
  const path = inclusionProof(sha256Bytes, question, () => found[next++] as Uint8Array);
  return path.map((hash) => Buffer.from(hash).toString('hex'));
}
