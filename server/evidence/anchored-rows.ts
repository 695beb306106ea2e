import 'server-only';
import { canonicalJson } from '@/domain/canonical-json';
import type { AuditFinding } from '@/domain/evidence/audit-finding';
import { AnchorLine } from '@/domain/evidence/audit-tree';
import { MerkleEdge } from '@/domain/evidence/merkle-tree';
import { readCheckpoint } from './checkpoint';
import { sha256Bytes } from './sha256';

export type AnchoredRow = { readonly id: string; readonly hash: Buffer };

/**
 * The rows that the file outside the database vouches for, in order: as far as its lines are signed by that key and come to the roots
 * they state. What does not is reported once, and nothing after it is believed.
 */
export async function* anchoredRows(
  lines: AsyncIterable<string> | Iterable<string>,
  { fingerprint, report }: { fingerprint: string; report: (finding: AuditFinding) => void },
): AsyncGenerator<AnchoredRow> {
  const edge = new MerkleEdge(sha256Bytes);
  const damaged = (says: string) => report({ kind: 'anchor-damaged', rows: [], says });
  let number = 0;
  for await (const text of lines) {
    number++;
    if (text === '') continue;
    const line = parsed(text);
    if (!line || !readCheckpoint(canonicalJson(line.checkpoint), fingerprint))
      return damaged(`line ${number} of the anchor file is not what the platform signed`);
    if (line.from !== edge.size || line.checkpoint.size !== line.from + line.rows.length)
      return damaged(`line ${number} of the anchor file does not go on where the one before ended`);
    const rows = line.rows.map((row) => {
      const [id, hash] = row.split(' ');
      return { id: id as string, hash: Buffer.from(hash as string, 'hex') };
    });
    for (const { hash } of rows) edge.append(hash);
    if (Buffer.from(edge.root()).toString('hex') !== line.checkpoint.root)
      return damaged(`the rows of line ${number} of the anchor file do not come to its root`);
    yield* rows;
  }
}

function parsed(text: string): AnchorLine | null {
  try {
    return AnchorLine.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
