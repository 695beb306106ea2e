import type { RawLine, RefusedLine } from './feed-steps';
import type { OpenBatch } from './open-batch';
import { refuse } from './refusal';

type Keyed = { readonly raw: RawLine; readonly messageKey: string; readonly digest: string };
export type Admitted<Line> = { readonly fresh: readonly Line[]; readonly duplicate: number; readonly refused: readonly RefusedLine[] };

/**
 * Of these lines, the ones that were never accepted before, at any time, in any batch. The others are duplicates where their content is
 * the same, and refused as conflicts where it is not. Writes the receipts of the fresh ones within the batch's transaction.
 */
export async function admitMessages<Line extends Keyed>(batch: OpenBatch, lines: readonly Line[]): Promise<Admitted<Line>> {
  const first = new Map<string, Line>();
  const repeated: Line[] = [];
  for (const line of lines) {
    if (first.has(line.messageKey)) repeated.push(line);
    else first.set(line.messageKey, line);
  }
  // In the order of the keys, so that two batches with the same messages wait for each other instead of dead-locking.
  const keys = [...first.keys()].sort();
  const inserted = await insertReceipts(batch, keys, (key) => first.get(key)?.digest as string);
  const known = await digestsOf(
    batch,
    keys.filter((key) => !inserted.has(key)),
  );

  // The usual batch: every line is new.
  if (repeated.length === 0 && inserted.size === lines.length) return { fresh: lines, duplicate: 0, refused: [] };

  const fresh: Line[] = [];
  for (const line of first.values()) {
    if (inserted.has(line.messageKey)) fresh.push(line);
    else repeated.push(line);
  }
  const refused: RefusedLine[] = [];
  for (const { raw, messageKey, digest } of repeated) {
    const stored = known.get(messageKey) ?? first.get(messageKey)?.digest ?? '';
    if (stored !== digest) refused.push({ raw, refusal: conflict(stored, digest) });
  }
  return { fresh, duplicate: repeated.length - refused.length, refused };
}

export function conflict(storedDigest: string, sentDigest: string) {
  return refuse(
    'conflict',
    null,
    `The same id was accepted before with other content: stored sha-256 ${storedDigest}, sent ${sentDigest}.`,
  );
}

async function insertReceipts(
  batch: OpenBatch,
  keys: readonly string[],
  digestOfKey: (key: string) => string,
): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  // The array literals are written by hand: keys and digests are hexadecimal, and the driver's escaping would cost more than the query.
  const { rows } = await batch.client.query<[string]>({
    name: 'insert-receipts',
    rowMode: 'array',
    text: `insert into message_receipt (message_key, body_digest, batch_id)
           select key, digest, $3
             from unnest($1::uuid[], $2::bytea[]) as message (key, digest)
           on conflict (message_key) do nothing
           returning message_key`,
    values: [`{${keys.join(',')}}`, `{${keys.map((key) => `"\\\\x${digestOfKey(key)}"`).join(',')}}`, batch.id],
  });
  return rows.length === keys.length ? new Set(keys) : new Set(rows.map(([key]) => key));
}

async function digestsOf(batch: OpenBatch, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (keys.length === 0) return new Map();
  const { rows } = await batch.client.query<[string, string]>({
    name: 'stored-digests',
    rowMode: 'array',
    text: `select message_key, encode(body_digest, 'hex')
             from message_receipt
            where message_key = any($1::uuid[])`,
    values: [`{${keys.join(',')}}`],
  });
  return new Map(rows);
}
