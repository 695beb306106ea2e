import type { Readable } from 'node:stream';
import type pg from 'pg';
import type { Feed } from '../feed/lines';
import type { Headers } from '../feed/signature';
import { authenticate } from './authenticate';
import type { Delivery } from './delivery';
import type { Intake } from './intake';
import { type OpenBatch, openBatch } from './open-batch';
import { readBody } from './read-body';
import { sealBatch } from './seal-batch';
import { takeLines } from './take-lines';
import { takeMessage } from './take-message';
import { Tally } from './tally';

export type FeedRequest = {
  readonly feed: Feed;
  readonly method: string;
  /** With its query, as on the request line. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: Readable;
};

/** A signed receipt as stored, and whether an earlier request of the same batch already had it. */
export type Taken = { readonly receipt: string; readonly earlier: boolean };

/**
 * One request from the door to its receipt. Resolves once all that it speaks of is committed; otherwise rejects, and nothing of the
 * request is kept.
 *
 * authenticate → admit → open the batch → for each chunk: parse → check → resolve → store → quarantine → match the digest → receipt
 */
export async function takeDelivery(intake: Intake, request: FeedRequest): Promise<Taken> {
  const delivery = await authenticate(request, intake.register, new Date());
  const leave = await intake.admission.enter(delivery.sender.id);
  try {
    return await withClient(intake.pool, (client) => take(intake, request, delivery, client));
  } catch (error) {
    // Somebody has dropped a partition that is remembered: the sender is asked to come again, and it is made again then.
    if (fitsNoPartition(error)) intake.partitions.forget();
    throw error;
  } finally {
    leave();
  }
}

/** A row that fits no partition is a violated check to PostgreSQL; a cluster hands on its server's words without their code. */
function fitsNoPartition(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return code === '23514' || (code === 'XX000' && String(message).startsWith('no partition of relation'));
}

async function take(intake: Intake, request: FeedRequest, delivery: Delivery, client: pg.ClientBase): Promise<Taken> {
  const body = readBody(request.body, encodingOf(request.headers));
  const tally = new Tally();
  let earlierReceipt: string | undefined;
  // Opened by the first chunk and not before: an open transaction should not wait for a slow sender.
  const open = async (): Promise<OpenBatch | undefined> => {
    const opened = await openBatch(client, delivery, intake);
    if ('earlierReceipt' in opened) {
      earlierReceipt = opened.earlierReceipt;
      return undefined;
    }
    return opened;
  };
  const batch =
    delivery.feed === 'iso20022'
      ? await takeMessage(intake, { ...delivery, query: queryOf(request.path) }, body, open, tally)
      : await takeLines(intake, { ...delivery, feed: delivery.feed }, body, open, tally);
  if (!batch) return { receipt: earlierReceipt as string, earlier: true };
  body.mustMatch(delivery.digest);
  const receipt = await sealBatch(batch, delivery, tally, intake.receiptKey);
  intake.onTaken(delivery.feed, tally);
  return { receipt, earlier: false };
}

async function withClient<T>(pool: pg.Pool, work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    const result = await work(client);
    client.release();
    return result;
  } catch (error) {
    // A connection that cannot even roll back is of no further use.
    const isSound = await client.query('rollback').then(
      () => true,
      () => false,
    );
    client.release(!isSound);
    throw error;
  }
}

function encodingOf(headers: Headers): string | undefined {
  const encoding = headers['content-encoding'];
  return typeof encoding === 'string' ? encoding.trim().toLowerCase() : undefined;
}

function queryOf(path: string): URLSearchParams {
  const at = path.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : path.slice(at + 1));
}
