import type { ClientBase } from 'pg';
import { WATERMARK } from '../follow';
import { readRows } from '../read-rows';
import { bookChunk } from './book-chunk';
import { GatheredBookings } from './gathered-bookings';

const MARK = 'settlement';

/**
 * Books what had been followed before settlement was kept, once: an installation that is brought up to date has history below its watermark.
 * To be called before anything is followed. Returns how many corridors by minute that were, or null where it was done before.
 */
export async function bookPast(client: ClientBase, nowMs: number): Promise<number | null> {
  await client.query('begin isolation level repeatable read');
  try {
    const done = await client.query('select 1 from monitor_watermark where name = $1', [MARK]);
    if (done.rows.length > 0) {
      await client.query('rollback');
      return null;
    }
    // Whatever stands there without the mark is nobody's word; what was closed stays.
    for (const table of ['settlement_position', 'settlement_minute', 'settlement_pair'])
      await client.query(`delete from ${table} p using settlement_session s where s.no = p.session_no and s.closed_at is null`);
    const gathered = new GatheredBookings();
    // What outcomes beyond the watermark did to a payment is undone: they will be followed.
    const sums = await readRows(
      client,
      `with mark as (select xid, batch_id from monitor_watermark where name = $1),
       beyond as (
         select o.transaction_key, sum((o.to_status = 'succeeded')::integer - (o.from_status = 'succeeded')::integer)::integer as delta
         from transaction_outcome o
         join feed_batch b on b.id = o.batch_id
         where (b.xid, b.id) > (select xid, batch_id from mark)
         group by o.transaction_key
       )
       select floor(date_part('epoch', t.accepted_at) / 60), t.payer_institution_id, t.payee_institution_id, t.currency,
         sum((t.status = 'succeeded')::integer - coalesce(y.delta, 0)),
         sum(t.amount_minor * ((t.status = 'succeeded')::integer - coalesce(y.delta, 0)))
       from clearing_transaction t
       join feed_batch b on b.id = t.batch_id
       left join beyond y on y.transaction_key = t.transaction_key
       where t.route = 'cleared'
         and (b.xid, b.id) <= (select xid, batch_id from mark)
       group by 1, 2, 3, 4
       having sum((t.status = 'succeeded')::integer - coalesce(y.delta, 0)) <> 0`,
      [WATERMARK],
      ([minute, payer, payee, currency, payments, amount]) =>
        gathered.addSum({
          minute: Number(minute),
          payerId: Number(payer),
          payeeId: Number(payee),
          currency: currency as string,
          payments: Number(payments),
          amountMinor: BigInt(amount as string),
        }),
    );
    await bookChunk(client, gathered, { batchIds: [], nowMs });
    // Legs of the last day are held against their payments as if they had just come.
    await client.query(
      `insert into settlement_unswept (minute)
       select minute
       from generate_series(date_trunc('minute', $1::timestamptz) - interval '24 hours', date_trunc('minute', $1::timestamptz), '1 minute') minute
       where $2
       on conflict do nothing`,
      [new Date(nowMs), sums > 0],
    );
    await client.query(`insert into monitor_watermark (name, xid, batch_id) values ($1, '0', 0)`, [MARK]);
    await client.query('commit');
    return sums;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}
