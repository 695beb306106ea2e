import { createHash } from 'node:crypto';
import type pg from 'pg';

// Writes what the gateway writes, without the gateway: batches of payments between accounts, and what became of them.

export type FedPayment = {
  readonly name: string;
  readonly atMs: number;
  readonly payer: string;
  readonly payee: string;
  readonly amountMinor: bigint;
  readonly status?: 'succeeded' | 'declined' | 'unknown';
  readonly businessType?: string;
  readonly route?: 'cleared' | 'direct';
  readonly barcodeTier?: string;
  readonly terminal?: string;
  readonly merchant?: string;
  readonly payerInstitutionId?: number;
  readonly payeeInstitutionId?: number;
};

/** A uuid from a name, so that two databases hold the same rows. */
export function uuidFrom(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export async function insertInstitutions(pool: pg.Pool, count: number): Promise<void> {
  await pool.query(
    `insert into institution (id, code, kind, category, name_zh, name_en, short_zh, short_en)
     select n, 'I' || n, 'bank', 'other', 'I' || n, 'I' || n, 'I' || n, 'I' || n from generate_series(1, $1::integer) as n`,
    [count],
  );
}

/** One batch; its rows and itself are seen at once. */
export async function feedPayments(pool: pg.Pool, payments: readonly FedPayment[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    for (const day of new Set(payments.map(({ atMs }) => Math.floor(atMs / 86_400_000))))
      for (const ms of [day * 86_400_000, day * 86_400_000 + 86_399_999])
        await client.query(`select ensure_partition('clearing_transaction', $1)`, [new Date(ms)]);
    const times = payments.map(({ atMs }) => atMs);
    const batch = await insertBatch(client, 'transactions', payments.length, [Math.min(...times), Math.max(...times)]);
    for (const [line, one] of payments.entries())
      await client.query(
        `insert into clearing_transaction (transaction_key, accepted_at, batch_id, line_no, transaction_id, business_type, route, status,
           payer_institution_id, payer_account, payee_institution_id, payee_account, amount_minor, currency, barcode_tier, terminal_id, merchant_id)
         values ($1, to_timestamp($2::double precision / 1000), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'CNY', $14, $15, $16)`,
        [
          uuidFrom(one.name),
          one.atMs,
          batch,
          line + 1,
          one.name,
          one.businessType ?? 'transfer',
          one.route ?? 'cleared',
          one.status ?? 'succeeded',
          one.payerInstitutionId ?? 1,
          uuidFrom(one.payer),
          one.payeeInstitutionId ?? 2,
          uuidFrom(one.payee),
          one.amountMinor.toString(),
          one.barcodeTier ?? null,
          one.terminal ?? null,
          one.merchant ?? null,
        ],
      );
    await client.query('commit');
    await untilTaken(client);
  } finally {
    client.release();
  }
}

/** A later batch says that payments have succeeded after all. */
export async function feedSuccess(pool: pg.Pool, names: readonly string[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const batch = await insertBatch(client, 'outcomes', names.length, null);
    for (const [line, name] of names.entries())
      await client.query(
        `with before as (select transaction_key, accepted_at, status from clearing_transaction where transaction_key = $1),
         stored as (
           insert into transaction_outcome (transaction_key, accepted_at, batch_id, line_no, recorded_at, kind, from_status, to_status)
           select transaction_key, accepted_at, $2, $3, now(), 'resolved', status, 'succeeded' from before
         )
         update clearing_transaction set status = 'succeeded' where transaction_key = $1`,
        [uuidFrom(name), batch, line + 1],
      );
    await client.query('commit');
    await untilTaken(client);
  } finally {
    client.release();
  }
}

/** Another database of the same server may hold a transaction open: until that ends, followers leave later batches alone. */
async function untilTaken(client: pg.PoolClient): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ free: boolean }>(
      'select bool_and(xid < pg_snapshot_xmin(pg_current_snapshot())) as free from feed_batch',
    );
    if (rows[0]?.free) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

let batches = 0;
async function insertBatch(client: pg.PoolClient, feed: string, rows: number, span: readonly [number, number] | null): Promise<string> {
  const { rows: made } = await client.query<{ id: string }>(
    `insert into feed_batch (institution_id, feed, client_batch_id, body_digest, accepted_count, duplicate_count, refused_count,
       first_accepted_at, last_accepted_at, receipt)
     values (1, $1, $2, '', $3, 0, 0, to_timestamp($4::double precision / 1000), to_timestamp($5::double precision / 1000), '')
     returning id::text as id`,
    [feed, `b${++batches}`, rows, span?.[0] ?? null, span?.[1] ?? null],
  );
  return (made[0] as { id: string }).id;
}
