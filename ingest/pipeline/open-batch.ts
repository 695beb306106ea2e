import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Spread } from '@/server/spread';
import type { Feed } from '../feed/lines';
import { copyStream } from './binary-rows';
import type { Delivery } from './delivery';
import type { Institution } from './institution-register';
import { BatchAccounts, type CopyRows, type KnownAccounts } from './known-accounts';
import type { Partitions } from './partitions';
import { RequestRefused } from './request-refused';

/** One request's transaction: everything it stores goes through here, and is seen by others at once or never. */
export type OpenBatch = {
  /** Number of the feed_batch row. */
  readonly id: string;
  readonly feed: Feed;
  readonly client: pg.ClientBase;
  readonly sender: Institution;
  readonly accounts: BatchAccounts;
  readonly partitions: Partitions;
  /** One COPY, in text. */
  readonly copy: (into: string, rows: string) => Promise<void>;
  /** One COPY, in binary format, of rows without its header. */
  readonly copyRows: (into: string, rows: readonly Buffer[]) => Promise<void>;
  /**
   * The same, unless a row of the same key is there: then nothing is copied, the transaction goes on, and the answer is false. Left out
   * where rows are spread over several servers, on which a transaction may not survive a failed COPY.
   */
  readonly tryCopyRows: CopyRows | undefined;
};
export type EarlierBatch = { readonly earlierReceipt: string };

/**
 * Uses up the request's nonce and opens its batch within a transaction, or finds that the same batch was taken before. A second request
 * for the same batch waits here until the first has ended. Throws {@link RequestRefused} on a replay and on another body under the same id.
 */
export async function openBatch(
  client: pg.ClientBase,
  delivery: Delivery,
  shared: { readonly accounts: KnownAccounts; readonly partitions: Partitions; readonly spread: Spread<pg.ClientBase> },
): Promise<OpenBatch | EarlierBatch> {
  await client.query(
    "begin; set local lock_timeout = '10s'; set local statement_timeout = '60s'; set local idle_in_transaction_session_timeout = '60s'",
  );
  const nonce = await client.query(
    `insert into request_nonce (key_id, nonce)
     values ($1, $2)
     on conflict (key_id, nonce) do nothing`,
    [delivery.key.id, delivery.nonce],
  );
  if (nonce.rowCount === 0) throw new RequestRefused(401, 'replayed', 'This signature was used before: sign again with a new nonce.');

  const { sender, feed, batchId, digest } = delivery;
  const opened = await client.query<{ id: string }>(
    `insert into feed_batch (institution_id, key_id, feed, client_batch_id, body_digest, accepted_count, duplicate_count, refused_count, receipt)
     values ($1, $2, $3, $4, $5, 0, 0, 0, '')
     on conflict (institution_id, feed, client_batch_id) do nothing
     returning id`,
    [sender.id, delivery.key.id, feed, batchId, digest],
  );
  const [row] = opened.rows;
  if (!row) return await earlierBatch(client, delivery);
  const copyRows = (into: string, rows: readonly Buffer[]) => copy(client, into, copyStream(rows));
  const tryCopyRows = (await shared.spread.overServers(client)) ? undefined : tryCopy(client, copyRows);
  const accounts = new BatchAccounts(shared.accounts, client, tryCopyRows);
  return {
    id: row.id,
    feed,
    client,
    sender,
    accounts,
    partitions: shared.partitions,
    copy: (into, rows) => copy(client, into, [Buffer.from(rows)]),
    copyRows,
    tryCopyRows,
  };
}

async function earlierBatch(client: pg.ClientBase, { sender, feed, batchId, digest }: Delivery): Promise<EarlierBatch> {
  const { rows } = await client.query<{ receipt: string; body_digest: Buffer }>(
    `select receipt, body_digest
       from feed_batch
      where institution_id = $1
        and feed = $2
        and client_batch_id = $3`,
    [sender.id, feed, batchId],
  );
  const earlier = rows[0] as { receipt: string; body_digest: Buffer };
  // The nonce stays used, also of a request that is told no.
  await client.query('commit');
  if (earlier.body_digest.equals(digest)) return { earlierReceipt: earlier.receipt };
  throw new RequestRefused(409, 'conflict', 'This batch id was used before with another body.', {
    digests: { stored: `sha-256=:${earlier.body_digest.toString('base64')}:`, sent: `sha-256=:${digest.toString('base64')}:` },
  });
}

async function copy(client: pg.ClientBase, into: string, parts: readonly Buffer[]): Promise<void> {
  const stream = client.query(copyFrom(into));
  for (const part of parts) stream.write(part);
  stream.end();
  await finished(stream);
}

const UNIQUE_VIOLATION = '23505';

function tryCopy(client: pg.ClientBase, copyRows: (into: string, rows: readonly Buffer[]) => Promise<void>): CopyRows {
  return async (into, rows) => {
    await client.query('savepoint copied');
    try {
      await copyRows(into, rows);
    } catch (error) {
      if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
      await client.query('rollback to savepoint copied; release savepoint copied');
      return false;
    }
    await client.query('release savepoint copied');
    return true;
  };
}
