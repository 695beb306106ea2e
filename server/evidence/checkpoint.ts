import 'server-only';
import { canonicalJson } from '@/domain/canonical-json';
import { CHECKPOINT_FORMAT, Checkpoint } from '@/domain/evidence/audit-tree';
import { isSigned, type Signer } from './signing';

/** The signed root as it is kept and handed out: canonical JSON, one way only to write it. */
export function signCheckpoint(signer: Signer, said: { tree: string; size: number; root: Uint8Array; at: Date }): Checkpoint {
  const unsigned = {
    format: CHECKPOINT_FORMAT,
    tree: said.tree,
    size: said.size,
    root: Buffer.from(said.root).toString('hex'),
    at: said.at.toISOString(),
    key: signer.published,
  } as const;
  return { ...unsigned, signature: signer.sign(CHECKPOINT_FORMAT, unsigned) };
}

/** The checkpoint that a text is, signed by the key of that fingerprint; null for anything else. */
export function readCheckpoint(text: string, fingerprint: string): Checkpoint | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const read = Checkpoint.safeParse(json);
  if (!read.success || canonicalJson(read.data) !== text) return null;
  const { signature, ...content } = read.data;
  const isOurs = content.key.fingerprint === fingerprint && isSigned({ format: CHECKPOINT_FORMAT, content, key: content.key, signature });
  return isOurs ? read.data : null;
}
