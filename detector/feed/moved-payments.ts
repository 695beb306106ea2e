import type { ClientBase } from 'pg';
import type { TransactionStatus } from '@/domain/clearing/transaction';
import { type Batch, WITHOUT_PAYMENTS } from './batches';
import type { Position } from './position';
import { inOrderOfTime, STORED_COLUMNS, type StoredPayment, storedPaymentOf, type TextRow } from './stored-payment';

export type MovedPayments = {
  /** Payments whose money moved, by what was known at the end of the chunk, in the order of time. */
  readonly payments: readonly StoredPayment[];
  /** Acknowledged rows that could not be read yet: on a cluster a batch may be seen a moment before all of its rows are. */
  readonly missing: number;
};

/**
 * The payments of some batches that had succeeded by the end of the last of them, and those of earlier batches that these say have
 * succeeded after all. What was said of them later is undone, so that a reading years later finds the same.
 */
export async function movedPayments(client: ClientBase, batches: readonly Batch[], end: Position): Promise<MovedPayments> {
  const speaking = batches.filter(({ feed }) => !WITHOUT_PAYMENTS.has(feed));
  if (speaking.length === 0) return { payments: [], missing: 0 };
  const ids = speaking.map(({ id }) => id);
  const span = acceptedSpan(speaking);
  const fresh = await readPayments(
    client,
    `select ${STORED_COLUMNS}
     from clearing_transaction t
     where t.batch_id = any($1::bigint[])
       and t.accepted_at >= $2
       and t.accepted_at <= $3`,
    [ids, span.from, span.to],
  );
  const resolved = await readPayments(
    client,
    `select ${STORED_COLUMNS}
     from transaction_outcome o
     join clearing_transaction t on t.transaction_key = o.transaction_key and t.accepted_at = o.accepted_at
     where o.batch_id = any($1::bigint[])
       and o.to_status = 'succeeded'
       and o.from_status <> 'succeeded'`,
    [ids],
  );
  const all = new Map([...fresh, ...resolved].map((payment) => [payment.key, payment]));
  const asOfEnd = await statusesAt(client, end, { ids, ...span }, [...new Set(resolved.map(({ key }) => key))]);
  const acknowledged = speaking.reduce((sum, { feed, rows }) => (feed === 'transactions' ? sum + rows : sum), 0);
  return {
    payments: [...all.values()].filter(({ key, status }) => (asOfEnd.get(key) ?? status) === 'succeeded').sort(inOrderOfTime),
    missing: Math.max(0, acknowledged - fresh.length),
  };
}

export async function readPayments(client: ClientBase, text: string, values: readonly unknown[]): Promise<StoredPayment[]> {
  const { rows } = await client.query<(string | null)[]>({ text, values: [...values], rowMode: 'array' });
  return rows.map((row) => storedPaymentOf(row as TextRow));
}

/** Of payments that were said to have another status after `end`: the one they had until then. */
async function statusesAt(
  client: ClientBase,
  end: Position,
  fresh: { readonly ids: readonly string[]; readonly from: string; readonly to: string },
  resolved: readonly string[],
): Promise<ReadonlyMap<string, TransactionStatus>> {
  const { rows } = await client.query<{ key: string; status: TransactionStatus }>(
    `with moved as materialized (
       select o.transaction_key, o.batch_id, o.line_no, o.from_status
       from transaction_outcome o
       join clearing_transaction t on t.transaction_key = o.transaction_key
       where o.from_status <> o.to_status
         and t.batch_id = any($1::bigint[])
         and t.accepted_at >= $2
         and t.accepted_at <= $3
     ), named as materialized (
       select o.transaction_key, o.batch_id, o.line_no, o.from_status
       from transaction_outcome o
       where o.from_status <> o.to_status
         and o.transaction_key = any($4::uuid[])
     )
     select distinct on (m.transaction_key) m.transaction_key::text as key, m.from_status::text as status
     from (table moved union all table named) as m
     join feed_batch b on b.id = m.batch_id
     where (b.xid, b.id) > ($5::xid8, $6::bigint)
     order by m.transaction_key, b.xid, b.id, m.line_no`,
    [fresh.ids, fresh.from, fresh.to, resolved, end.xid, end.batchId],
  );
  return new Map(rows.map(({ key, status }) => [key, status]));
}

/** The span that prunes partitions; everything where a batch does not say. */
function acceptedSpan(batches: readonly Batch[]): { readonly from: string; readonly to: string } {
  const bringing = batches.filter(({ rows, feed }) => rows > 0 && feed !== 'outcomes');
  if (bringing.length === 0) return { from: 'infinity', to: 'infinity' };
  if (bringing.some(({ firstAtMs, lastAtMs }) => firstAtMs === null || lastAtMs === null)) return { from: '-infinity', to: 'infinity' };
  // A millisecond more on each side never loses a row to rounding.
  const from = Math.min(...bringing.map(({ firstAtMs }) => firstAtMs as number)) - 1;
  const to = Math.max(...bringing.map(({ lastAtMs }) => lastAtMs as number)) + 1;
  return { from: new Date(Math.floor(from)).toISOString(), to: new Date(Math.ceil(to)).toISOString() };
}
