import type { ClientBase } from 'pg';
import type { TransactionStatus } from '@/domain/clearing/transaction';
import { readPayments } from './moved-payments';
import { type Position, START } from './position';
import { inOrderOfTime, STORED_COLUMNS, type StoredPayment } from './stored-payment';

/** So much of the past is held by the ring of movements, and so much of it is read at most. */
export type PastLimits = { readonly spanMs: number; readonly paymentsMax: number };
export type Past = {
  readonly position: Position;
  /** Stored payments that had succeeded, in the order of time, a slice at a time. */
  readonly slices: () => AsyncGenerator<readonly StoredPayment[]>;
};

const SLICE_PAYMENTS = 50_000;
const HOUR_MS = 3_600_000;

/**
 * The stored past up to the last batch that no running transaction precedes. The client must be in a repeatable-read transaction, and stay
 * in it until the last slice is read.
 */
export async function storedPast(client: ClientBase, limits: PastLimits): Promise<Past> {
  const { rows } = await client.query<Position>(
    `select xid::text as xid, id::text as "batchId"
     from feed_batch
     where xid < pg_snapshot_xmin(pg_current_snapshot())
     order by feed_batch.xid desc, feed_batch.id desc
     limit 1`,
  );
  const position = rows[0] ?? START;
  const later = await client.query<{ id: string }>('select id::text as id from feed_batch where (xid, id) > ($1::xid8, $2::bigint)', [
    position.xid,
    position.batchId,
  ]);
  const excluded = new Set(later.rows.map(({ id }) => id));
  const { rows: moved } = await client.query<{ key: string; status: TransactionStatus }>(
    `with moved as materialized (
       select o.transaction_key, o.batch_id, o.line_no, o.from_status
       from transaction_outcome o
       where o.batch_id = any($1::bigint[])
         and o.from_status <> o.to_status
     )
     select distinct on (m.transaction_key) m.transaction_key::text as key, m.from_status::text as status
     from moved m
     join feed_batch b on b.id = m.batch_id
     order by m.transaction_key, b.xid, b.id, m.line_no`,
    [[...excluded]],
  );
  const asOf = new Map(moved.map(({ key, status }) => [key, status]));
  return {
    position,
    slices: async function* () {
      for (const [from, to] of await sliceBounds(client, limits)) {
        const payments = await readPayments(
          client,
          `select ${STORED_COLUMNS}
           from clearing_transaction t
           where t.accepted_at >= $1
             and t.accepted_at < $2`,
          [from, to],
        );
        yield payments
          .filter(({ batchId, key, status }) => !excluded.has(batchId) && (asOf.get(key) ?? status) === 'succeeded')
          .sort(inOrderOfTime);
      }
    },
  };
}

/** Half-open spans of acceptance that hold about SLICE_PAYMENTS each, by the figures of each minute; by the hour where there are none yet. */
async function sliceBounds(client: ClientBase, { spanMs, paymentsMax }: PastLimits): Promise<readonly (readonly [string, string])[]> {
  const { rows } = await client.query<{ first: number | null; last: number | null }>(
    `select (date_part('epoch', min(first_accepted_at)) * 1000)::double precision as first,
       (date_part('epoch', max(last_accepted_at)) * 1000)::double precision as last
     from feed_batch
     where feed not in ('legs', 'heartbeats', 'debits', 'declarations', 'outcomes')`,
  );
  const { first, last } = rows[0] ?? { first: null, last: null };
  if (first === null || last === null) return [];
  let fromMs = Math.max(first, last - spanMs);
  const { rows: minutes } = await client.query<{ atMs: number; payments: number }>(
    `select (date_part('epoch', minute) * 1000)::double precision as "atMs",
       sum(succeeded + declined + failed + unknown)::double precision as payments
     from platform_minute
     where minute >= to_timestamp($1::double precision / 1000)
     group by minute
     order by minute desc`,
    [fromMs],
  );
  let [sum, inSlice] = [0, 0];
  const bounds: number[] = [];
  for (const { atMs, payments } of minutes) {
    sum += payments;
    inSlice += payments;
    if (sum > paymentsMax) {
      fromMs = atMs;
      break;
    }
    if (inSlice < SLICE_PAYMENTS) continue;
    bounds.push(atMs);
    inSlice = 0;
  }
  if (minutes.length === 0) for (let atMs = fromMs + HOUR_MS; atMs < last; atMs += HOUR_MS) bounds.push(atMs);
  const inner = bounds.filter((atMs) => atMs > fromMs).sort((a, b) => a - b);
  // A little before the first, lest a rounded microsecond is lost.
  const edges = [new Date(Math.floor(fromMs) - 1).toISOString(), ...inner.map((atMs) => new Date(atMs).toISOString()), 'infinity'];
  return edges.slice(1).map((to, i) => [edges[i] as string, to] as const);
}
