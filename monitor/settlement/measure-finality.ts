import type { ClientBase } from 'pg';

const SESSIONS_AT_ONCE = 6;

/**
 * Counts how far the payments of some sessions are final, those first that were never or longest ago counted: often while they may still
 * move, seldom once all is final. Finality is a time that the feed gives each payment, and not its success. Returns how many sessions.
 */
export async function measureFinality(client: ClientBase, nowMs: number): Promise<number> {
  const { rows } = await client.query<{ no: string; opensAt: Date; cutOffAt: Date }>(
    `select s.no, s.opens_at as "opensAt", s.cut_off_at as "cutOffAt"
     from settlement_session s
     left join lateral (
       select min(f.measured_at) as measured_at, bool_and(f.final_payments >= f.payments) as whole
       from settlement_finality f
       where f.session_no = s.no) f on true
     where s.opens_at <= $1
       and (f.measured_at is null
         or f.measured_at < $1::timestamptz - case
              when s.cut_off_at > $1::timestamptz - interval '3 hours' and not coalesce(f.whole, false) then interval '10 seconds'
              when not coalesce(f.whole, false) and s.cut_off_at > $1::timestamptz - interval '8 days' then interval '10 minutes'
              when s.closed_at is null then interval '1 hour'
              else interval '1 day' end)
     order by f.measured_at nulls first, s.opens_at desc
     limit $2`,
    [new Date(nowMs), SESSIONS_AT_ONCE],
  );
  for (const { no, opensAt, cutOffAt } of rows)
    await client.query(
      `insert into settlement_finality as f (session_no, currency, payments, amount_minor, final_payments, final_minor, first_final_at,
         last_final_at, measured_at)
       select $1, t.currency, count(*), sum(t.amount_minor), count(t.final_at),
         coalesce(sum(t.amount_minor) filter (where t.final_at is not null), 0), min(t.final_at), max(t.final_at), $4
       from clearing_transaction t
       where t.accepted_at >= $2 and t.accepted_at < $3 and t.route = 'cleared' and t.status = 'succeeded'
       group by t.currency
       on conflict (session_no, currency) do update
       set payments = excluded.payments, amount_minor = excluded.amount_minor, final_payments = excluded.final_payments,
         final_minor = excluded.final_minor, first_final_at = excluded.first_final_at, last_final_at = excluded.last_final_at,
         measured_at = excluded.measured_at`,
      [no, opensAt, cutOffAt, new Date(nowMs)],
    );
  return rows.length;
}
