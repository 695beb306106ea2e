import type pg from 'pg';
import { DAY_MS } from '@/domain/time-range';

/** The account that pays four thousand others within half an hour. */
export const HUB = '00000000-0000-4000-8000-000000000000';
export const SPAN_DAYS = 5;
const HUB_PAYMENTS = 4_000;

/**
 * Payments among a tenth as many accounts, every pair and moment as likely as any other, over five days; and a hub's. Made inside the
 * database: the tracing alone is measured, not the way in.
 */
export async function fillTraced(pool: pg.Pool, { rows, fromMs, hubMs }: { rows: number; fromMs: number; hubMs: number }): Promise<void> {
  const accounts = Math.max(10, Math.round(rows / 10));
  const client = await pool.connect();
  try {
    await client.query('set synchronous_commit = off');
    await client.query('select setseed(0.5)');
    for (let day = 0; day < SPAN_DAYS; day++) {
      const from = new Date(fromMs + day * DAY_MS);
      await client.query(`select ensure_partition('clearing_transaction', $1::timestamptz)`, [from]);
      await client.query(`select ensure_partition('clearing_transaction', $1::timestamptz)`, [new Date(from.getTime() + DAY_MS - 1)]);
      const count = Math.round(rows / SPAN_DAYS);
      await insert(client, { count, from, spanMs: DAY_MS, payer: `1 + floor(random() * ${accounts})`, accounts, first: day * count });
    }
    const hub = { count: HUB_PAYMENTS, from: new Date(hubMs), spanMs: 1_800_000, payer: '0', accounts, first: rows };
    await insert(client, hub);
    await client.query('vacuum analyze clearing_transaction');
  } finally {
    client.release();
  }
}

async function insert(
  client: pg.PoolClient,
  of: { count: number; from: Date; spanMs: number; payer: string; accounts: number; first: number },
): Promise<void> {
  await client.query(
    `insert into clearing_transaction (transaction_key, accepted_at, batch_id, line_no, transaction_id, business_type, route, status,
       payer_institution_id, payer_account, payee_institution_id, payee_account, amount_minor, currency)
     select md5('t' || n)::uuid, at, 1, n, 'T-' || n, 'transfer', 'cleared', 'succeeded', 1 + payer % 20, ${uuidOf('payer')},
       1 + payee % 20, ${uuidOf('payee')}, 100 + floor(random() * 1000000), 'CNY'
     from (
       select n, $1::timestamptz + random() * $2::float8 * interval '1 millisecond' as at, (${of.payer})::int as payer,
         (1 + floor(random() * ${of.accounts}))::int as payee
       from generate_series($3::int, $4::int) n
     ) made
     where payer <> payee`,
    [of.from, of.spanMs, of.first + 1, of.first + of.count],
  );
}

const uuidOf = (number: string) => `('00000000-0000-4000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;
