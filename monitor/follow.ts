import type { ClientBase } from 'pg';
import type { Consumer } from './consumer';
import {
  ANSWER_COLUMNS,
  answerOf,
  HEARTBEAT_COLUMNS,
  heartbeatOf,
  LEG_COLUMNS,
  legOf,
  MOVE_COLUMNS,
  moveOf,
  PAYMENT_COLUMNS,
  paymentOf,
  readRows,
} from './read-rows';

/** The console asks for this row's time: how new the figures are. */
export const WATERMARK = 'follow';
/**
 * The follower of books (settlement, cut-over) has a place of its own: what it does for each payment takes longer, and neither the live
 * figures nor anybody's state may wait for it.
 */
export const BOOKS_WATERMARK = 'books';

/** Places where the process may die; tests kill it there. */
export type FaultPoint = 'batches read' | 'rows read' | 'consumers written' | 'watermark moved' | 'committed';

export type FollowOptions = {
  readonly consumers: readonly Consumer[];
  readonly nowMs: number;
  /** Whose place in the feed this is; the live figures' where nothing is said. */
  readonly watermark?: string;
  /** A chunk ends at the batch that reaches this many rows; a batch is never split. */
  readonly rowsMax?: number;
  /** Go on although rows that batches acknowledge are not there: see `missing`. */
  readonly acceptMissing?: boolean;
  readonly at?: (point: FaultPoint) => void | Promise<void>;
};

export type Followed = {
  readonly batches: number;
  readonly payments: number;
  /** Every kind of row. */
  readonly rows: number;
  /** When each batch of fresh payments was received, in ms since 1970, and how many it brought; imports of history are not among them. */
  readonly received: readonly { readonly atMs: number; readonly payments: number }[];
  /** When the oldest batch of the chunk was received; null where there was nothing to do. */
  readonly oldestReceivedAtMs: number | null;
  /** More batches were waiting when this chunk was cut. */
  readonly more: boolean;
  /**
   * Rows that batches acknowledge and that could not be read; nothing was taken then. On one server there are none. Where the tables are
   * spread over several, a batch may be seen a moment before all of its rows are.
   */
  readonly missing: number;
};

type Batch = {
  xid: string;
  id: string;
  feed: string;
  rows: number;
  firstAt: Date | null;
  lastAt: Date | null;
  receivedAt: Date;
};

/** Payments accepted before are late: they belong to their own time, not to the present rate. */
export function freshSinceMs(nowMs: number): number {
  return nowMs - 300_000;
}

/** Feeds that bring no payments: the figures are not newer for them. */
const WITHOUT_PAYMENTS: ReadonlySet<string> = new Set(['legs', 'heartbeats', 'debits', 'declarations']);

const ROWS_MAX = 60_000;
const BATCHES_MAX = 2_000;

/**
 * Reads the next committed batches, hands their rows to the consumers, and commits what those write together with the new watermark.
 *
 * Batches are taken in the order of (transaction id, batch id), and only below the oldest transaction that is still running: one that
 * began earlier but commits later has a smaller id than everything taken after it, so none is ever skipped. One snapshot serves all
 * reads, so a payment's status and the outcomes that changed it agree.
 *
 * The client must be in no transaction. Throws, with everything rolled back, on any fault; calling again continues where it stood.
 */
export async function followOnce(client: ClientBase, options: FollowOptions): Promise<Followed> {
  const at = options.at ?? (() => {});
  await client.query('begin isolation level repeatable read');
  try {
    // Fresh partitions have no statistics yet; the indexes on batch_id are always right for a chunk.
    // A crash of the server may undo the last commits, figures and watermark together: they are derived again.
    await client.query('set local enable_seqscan = off; set local jit = off; set local synchronous_commit = off');
    const name = options.watermark ?? WATERMARK;
    const watermark = await readWatermark(client, name);
    const { batches, more } = await nextBatches(client, watermark, options.rowsMax ?? ROWS_MAX);
    await at('batches read');
    const last = batches.at(-1);
    if (!last) {
      await client.query('rollback');
      return NOTHING;
    }
    const gatherers = options.consumers.map((consumer) => consumer.open({ nowMs: options.nowMs, batches }));
    const { payments, rows, missing } = await readBatches(client, batches, gatherers);
    await at('rows read');
    if (missing > 0 && !options.acceptMissing) {
      await client.query('rollback');
      return { ...NOTHING, missing };
    }
    for (const gatherer of gatherers) await gatherer.write?.(client);
    await at('consumers written');
    await moveWatermark(client, name, { from: watermark, to: last, dataAt: newestData(batches) });
    await at('watermark moved');
    await client.query('commit');
    await at('committed');
    for (const gatherer of gatherers) gatherer.committed?.();
    const oldestReceivedAtMs = Math.min(...batches.map((batch) => batch.receivedAt.getTime()));
    const received = batches
      .filter(({ feed, firstAt, receivedAt }) => {
        return (
          (feed === 'transactions' || feed === 'iso20022') && firstAt !== null && firstAt.getTime() >= freshSinceMs(receivedAt.getTime())
        );
      })
      .map((batch) => ({ atMs: batch.receivedAt.getTime(), payments: batch.rows }));
    return { batches: batches.length, payments, rows, received, oldestReceivedAtMs, more, missing };
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

const NOTHING: Followed = { batches: 0, payments: 0, rows: 0, received: [], oldestReceivedAtMs: null, more: false, missing: 0 };

type Watermark = { xid: string; batchId: string };

async function readWatermark(client: ClientBase, name: string): Promise<Watermark> {
  const { rows } = await client.query<Watermark>(
    'select xid::text as xid, batch_id::text as "batchId" from monitor_watermark where name = $1',
    [name],
  );
  return rows[0] ?? { xid: '0', batchId: '0' };
}

async function nextBatches(client: ClientBase, after: Watermark, rowsMax: number): Promise<{ batches: Batch[]; more: boolean }> {
  const { rows } = await client.query<Batch>(
    `select xid::text as xid, id::text as id, feed, accepted_count as rows, first_accepted_at as "firstAt", last_accepted_at as "lastAt",
       received_at as "receivedAt"
     from feed_batch
     where (xid, id) > ($1::xid8, $2::bigint)
       and xid < pg_snapshot_xmin(pg_current_snapshot())
     order by feed_batch.xid, feed_batch.id
     limit $3`,
    [after.xid, after.batchId, BATCHES_MAX],
  );
  let sum = 0;
  const cut = rows.findIndex((batch) => {
    sum += batch.rows;
    return sum >= rowsMax;
  });
  if (cut === -1) return { batches: rows, more: rows.length === BATCHES_MAX };
  return { batches: rows.slice(0, cut + 1), more: cut + 1 < rows.length };
}

async function readBatches(client: ClientBase, batches: readonly Batch[], gatherers: readonly ReturnType<Consumer['open']>[]) {
  let payments = 0;
  let rows = 0;
  let missing = 0;
  const acknowledged = (feed: string) => batches.reduce((sum, batch) => (batch.feed === feed ? sum + batch.rows : sum), 0);
  const paying = batches.filter(({ feed }) => !WITHOUT_PAYMENTS.has(feed));
  if (paying.length > 0) {
    const ids = paying.map(({ id }) => id);
    const { from, to } = acceptedSpan(paying);
    const ofChunk = `t.batch_id = any($1::bigint[]) and t.accepted_at >= $2 and t.accepted_at <= $3`;
    payments = await readRows(
      client,
      `select ${PAYMENT_COLUMNS}, ${ANSWER_COLUMNS} from clearing_transaction t where ${ofChunk}`,
      [ids, from, to],
      (row) => {
        const fact = paymentOf(row);
        const { status, latencyMs } = answerOf(row);
        for (const gatherer of gatherers) gatherer.payment?.(fact, status, latencyMs);
      },
    );
    await readRows(
      client,
      `select ${PAYMENT_COLUMNS}, ${MOVE_COLUMNS}
       from clearing_transaction t
       join transaction_outcome o on o.transaction_key = t.transaction_key and o.from_status <> o.to_status
       where ${ofChunk}`,
      [ids, from, to],
      (row) => {
        const fact = paymentOf(row);
        const move = moveOf(row);
        for (const gatherer of gatherers) gatherer.ahead?.(fact, move.from, move.to);
      },
    );
    const outcomes = await readRows(
      client,
      `select ${PAYMENT_COLUMNS}, ${MOVE_COLUMNS}
       from transaction_outcome o
       join clearing_transaction t on t.transaction_key = o.transaction_key and t.accepted_at = o.accepted_at
       where o.batch_id = any($1::bigint[])`,
      [ids],
      (row) => {
        const fact = paymentOf(row);
        const move = moveOf(row);
        for (const gatherer of gatherers) gatherer.outcome?.(fact, move.from, move.to);
      },
    );
    rows += payments + outcomes;
    // An outcome may be kept for a payment that is still to come, and a message may hold either: only these counts are of rows.
    missing += Math.max(0, acknowledged('transactions') - payments);
  }
  const legBatches = batches.filter(({ feed }) => feed === 'legs');
  if (legBatches.length > 0) {
    const { from, to } = acceptedSpan(legBatches);
    const legs = await readRows(
      client,
      `select ${LEG_COLUMNS} from leg l where l.batch_id = any($1::bigint[]) and l.started_at >= $2 and l.started_at <= $3`,
      [legBatches.map(({ id }) => id), from, to],
      (row) => {
        const fact = legOf(row);
        for (const gatherer of gatherers) gatherer.leg?.(fact);
      },
    );
    rows += legs;
    missing += Math.max(0, acknowledged('legs') - legs);
  }
  const beating = batches.filter(({ feed }) => feed === 'heartbeats');
  if (beating.length > 0) {
    const beats = await readRows(
      client,
      `select ${HEARTBEAT_COLUMNS} from heartbeat h where h.batch_id = any($1::bigint[]) order by h.sent_at`,
      [beating.map(({ id }) => id)],
      (row) => {
        const fact = heartbeatOf(row);
        for (const gatherer of gatherers) gatherer.heartbeat?.(fact);
      },
    );
    rows += beats;
    missing += Math.max(0, acknowledged('heartbeats') - beats);
  }
  return { payments, rows, missing };
}

/** The span that prunes partitions; everything where a batch does not say. */
function acceptedSpan(batches: readonly Batch[]): { from: string; to: string } {
  const said = batches.filter(({ rows }) => rows > 0);
  if (said.some(({ firstAt, lastAt }) => !firstAt || !lastAt)) return { from: '-infinity', to: 'infinity' };
  if (said.length === 0) return { from: 'infinity', to: 'infinity' };
  // A Date drops microseconds: a millisecond more on each side never loses a row.
  const from = Math.min(...said.map(({ firstAt }) => (firstAt as Date).getTime())) - 1;
  const to = Math.max(...said.map(({ lastAt }) => (lastAt as Date).getTime())) + 1;
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

/** The newest payment seen; a clock that runs ahead of ours must not date the figures into the future. */
function newestData(batches: readonly Batch[]): Date | null {
  const times = batches
    .filter(({ feed, lastAt }) => lastAt && !WITHOUT_PAYMENTS.has(feed))
    .map(({ lastAt, receivedAt }) => Math.min((lastAt as Date).getTime(), receivedAt.getTime()));
  return times.length === 0 ? null : new Date(Math.max(...times));
}

async function moveWatermark(
  client: ClientBase,
  name: string,
  { from, to, dataAt }: { readonly from: Watermark; readonly to: Batch; readonly dataAt: Date | null },
): Promise<void> {
  const { rowCount } = await client.query(
    `insert into monitor_watermark as w (name, xid, batch_id, data_at)
     values ($1, $2::xid8, $3, $4)
     on conflict (name) do update
     set xid = excluded.xid, batch_id = excluded.batch_id, data_at = greatest(w.data_at, excluded.data_at), moved_at = clock_timestamp()
     where (w.xid, w.batch_id) = ($5::xid8, $6::bigint)`,
    [name, to.xid, to.id, dataAt, from.xid, from.batchId],
  );
  if (rowCount !== 1) throw new Error('the watermark was moved by somebody else: two monitors write at once');
}
