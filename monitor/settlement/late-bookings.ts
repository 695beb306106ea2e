import type { ClientBase } from 'pg';
import type { Booking } from '@/domain/settlement/booking';
import type { SessionSpan } from '@/domain/settlement/session-calendar';

export type MovedBooking = Booking & { readonly transactionKey: string; readonly acceptedAt: string; readonly acceptedAtMs: number };
export type LateBooking = MovedBooking & { readonly homeNo: string; readonly takenNo: string };

/**
 * The bookings of some batches whose payments were accepted within one session, one by one. A payment's first status is what it has now
 * without its outcomes; the outcomes of these batches are then added: what cancels out within the batches is no booking.
 */
export async function lateBookings(client: ClientBase, batchIds: readonly string[], home: SessionSpan): Promise<readonly MovedBooking[]> {
  const { rows } = await client.query<{
    transactionKey: string;
    acceptedAt: string;
    acceptedAtMs: number;
    payerId: number;
    payeeId: number;
    currency: string;
    amountMinor: string;
    delta: number;
  }>(
    `with moves as (
       select o.transaction_key, o.accepted_at, o.batch_id,
         (o.to_status = 'succeeded')::integer - (o.from_status = 'succeeded')::integer as delta
       from transaction_outcome o
       where o.from_status <> o.to_status
         and (o.batch_id = any($1::bigint[])
           or o.transaction_key in (
             select t.transaction_key
             from clearing_transaction t
             where t.batch_id = any($1::bigint[]) and t.accepted_at >= $2 and t.accepted_at < $3))
     ),
     deltas as (
       select t.transaction_key, t.accepted_at, (t.status = 'succeeded')::integer as delta
       from clearing_transaction t
       where t.batch_id = any($1::bigint[]) and t.accepted_at >= $2 and t.accepted_at < $3
       union all
       select m.transaction_key, m.accepted_at, -m.delta
       from moves m
       join clearing_transaction t on t.transaction_key = m.transaction_key and t.accepted_at = m.accepted_at
       where t.batch_id = any($1::bigint[]) and m.accepted_at >= $2 and m.accepted_at < $3
       union all
       select m.transaction_key, m.accepted_at, m.delta
       from moves m
       where m.batch_id = any($1::bigint[]) and m.accepted_at >= $2 and m.accepted_at < $3
     ),
     summed as (
       select transaction_key, accepted_at, sum(delta)::integer as delta
       from deltas
       group by transaction_key, accepted_at
       having sum(delta) <> 0
     )
     select t.transaction_key::text as "transactionKey", to_json(t.accepted_at) #>> '{}' as "acceptedAt",
       date_part('epoch', t.accepted_at) * 1000 as "acceptedAtMs", t.payer_institution_id as "payerId",
       t.payee_institution_id as "payeeId", t.currency, t.amount_minor::text as "amountMinor", s.delta
     from summed s
     join clearing_transaction t on t.transaction_key = s.transaction_key and t.accepted_at = s.accepted_at
     where t.route = 'cleared'
     order by t.accepted_at, t.transaction_key`,
    [batchIds, new Date(home.opensAtMs), new Date(home.cutOffAtMs)],
  );
  return rows.map(({ delta, amountMinor, ...row }) => {
    if (delta !== 1 && delta !== -1) throw new Error(`payment ${row.transactionKey} would be booked ${delta} times`);
    return { ...row, amountMinor: BigInt(amountMinor), sign: delta };
  });
}

/** Lists each with the session that it belongs to and the one that took it. */
export async function writeLate(client: ClientBase, late: readonly LateBooking[], nowMs: number): Promise<void> {
  if (late.length === 0) return;
  await client.query(
    `insert into settlement_late (transaction_key, accepted_at, home_no, taken_no, sign, payer_institution_id, payee_institution_id, currency,
       amount_minor, seen_at)
     select key, accepted_at, home_no, taken_no, sign, payer, payee, currency, amount, $10
     from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::smallint[], $6::integer[], $7::integer[], $8::text[], $9::bigint[])
       as d (key, accepted_at, home_no, taken_no, sign, payer, payee, currency, amount)`,
    [
      late.map(({ transactionKey }) => transactionKey),
      late.map(({ acceptedAt }) => acceptedAt),
      late.map(({ homeNo }) => homeNo),
      late.map(({ takenNo }) => takenNo),
      late.map(({ sign }) => sign),
      late.map(({ payerId }) => payerId),
      late.map(({ payeeId }) => payeeId),
      late.map(({ currency }) => currency),
      late.map(({ amountMinor }) => amountMinor.toString()),
      new Date(nowMs),
    ],
  );
}
