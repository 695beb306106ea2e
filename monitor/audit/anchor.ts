import fs from 'node:fs/promises';
import path from 'node:path';
import type { ClientBase } from 'pg';
import { canonicalJson } from '@/domain/canonical-json';
import { Checkpoint } from '@/domain/evidence/audit-tree';
import { lastLine } from './last-line';

const ROWS_MAX = 5_000;

/** The file outside the database in which every checkpoint is kept, with the rows since the one before; one a tree. */
export function anchorFile(folder: string, tree: string): string {
  return path.join(folder, `audit-${tree}.ndjson`);
}

/** The file outside the database cannot be read or written; the database is not to blame. */
export class AnchorFault extends Error {
  override readonly name = 'AnchorFault';
}

type Kept = { readonly file: string; readonly size: number };

/** Keeps outside the database what the tree had come to: whoever rewrites both tree and log there is found out by this file. */
export class Anchor {
  readonly #folder: string;
  #kept: Kept | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Writes whatever was signed since the last line, and waits until it is on the disk. */
  async catchUp(client: ClientBase): Promise<void> {
    let kept: Kept = this.#kept ?? (await this.#begin(client));
    for (;;) {
      const line = await nextLine(client, kept.size);
      if (!line) break;
      // What a failed write left of the line is cut off before the next.
      this.#kept = null;
      await onDisk(() => append(kept.file, line.text));
      kept = { file: kept.file, size: line.size };
      this.#kept = kept;
    }
    this.#kept = kept;
  }

  async #begin(client: ClientBase): Promise<Kept> {
    const { rows } = await client.query<{ id: string }>('select id::text as id from audit_tree');
    const file = anchorFile(this.#folder, rows[0]?.id as string);
    return await onDisk(async () => {
      await fs.mkdir(this.#folder, { recursive: true, mode: 0o700 });
      return { file, size: await sizeKept(file) };
    });
  }
}

async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  return await work().catch((error: unknown) => {
    throw new AnchorFault(`the file of checkpoints: ${(error as Error).message}`, { cause: error });
  });
}

async function append(file: string, text: string): Promise<void> {
  const handle = await fs.open(file, 'a', 0o600);
  try {
    await handle.appendFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** How far the tree has been kept. A line that was cut short by a crash is cut off, to be written again, whole. */
async function sizeKept(file: string): Promise<number> {
  const handle = await fs.open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!handle) return 0;
  try {
    const { text, end, size } = await lastLine(handle);
    if (end < size) await fs.truncate(file, end);
    return text === null ? 0 : Checkpoint.parse(JSON.parse(text).checkpoint).size;
  } finally {
    await handle.close();
  }
}

async function nextLine(client: ClientBase, from: number): Promise<{ text: string; size: number } | null> {
  // Of many checkpoints at once the newest within reach is enough: it stands for those before.
  const { rows: checkpoints } = await client.query<{ document: string; size: string }>(
    `(select document, tree_size::text as size from audit_checkpoint where tree_size > $1 and tree_size <= $2 order by tree_size desc limit 1)
     union all
     (select document, tree_size::text as size from audit_checkpoint where tree_size > $2 order by tree_size limit 1)
     limit 1`,
    [from, from + ROWS_MAX],
  );
  const [next] = checkpoints;
  if (!next) return null;
  const { rows } = await client.query<{ row: string }>(
    `select event_id || ' ' || encode(leaf_hash, 'hex') as row from audit_leaf where leaf_index >= $1 and leaf_index < $2 order by leaf_index`,
    [from, next.size],
  );
  const line = { checkpoint: JSON.parse(next.document), from, rows: rows.map(({ row }) => row) };
  return { text: `${canonicalJson(line)}\n`, size: Number(next.size) };
}
