import { createHash, randomUUID } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import { BUSINESS_TYPES, type BusinessType, type Route, type TransactionStatus } from '@/domain/clearing/transaction';

// Writes what the gateway writes, without the gateway: batches with their rows, in the caller's transaction.

export type PaymentRow = {
  readonly key: string;
  readonly acceptedAt: Date;
  readonly status: TransactionStatus;
  readonly amountMinor: bigint;
  readonly payerId: number;
  readonly intermediaryId: number | null;
  readonly payeeId: number;
  readonly businessType: BusinessType;
  readonly route: Route;
  readonly currency: string;
  readonly latencyMs: number | null;
};

/** As the gateway does: a batch and its rows are seen at once or never. */
export async function inTransaction<T>(pool: Pool, work: (client: ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } finally {
    await client.query('rollback');
    client.release();
  }
}

export async function insertInstitutions(pool: Pool, count: number): Promise<void> {
  await pool.query(
    `insert into institution (id, code, kind, category, name_zh, name_en, short_zh, short_en)
     select n, 'I' || n, 'bank', 'other', 'I' || n, 'I' || n, 'I' || n, 'I' || n from generate_series(1, $1::integer) as n`,
    [count],
  );
}

export function payment(given: Partial<PaymentRow> & { acceptedAt: Date }): PaymentRow {
  return {
    key: randomUUID(),
    status: 'succeeded',
    amountMinor: 100n,
    payerId: 1,
    intermediaryId: null,
    payeeId: 2,
    businessType: BUSINESS_TYPES[0],
    route: 'cleared',
    currency: 'CNY',
    latencyMs: 120,
    ...given,
  };
}

export async function insertPayments(client: ClientBase, rows: readonly PaymentRow[]): Promise<string> {
  const times = rows.map(({ acceptedAt }) => acceptedAt.getTime());
  for (const day of new Set(times.map((ms) => Math.floor(ms / 86_400_000))))
    for (const ms of [day * 86_400_000, day * 86_400_000 + 86_399_999])
      await client.query(`select ensure_partition('clearing_transaction', $1)`, [new Date(ms)]);
  const batch = await insertBatch(client, 'transactions', times);
  await client.query(
    `insert into clearing_transaction (transaction_key, accepted_at, batch_id, line_no, transaction_id, business_type, route, status,
       payer_institution_id, payer_account, intermediary_institution_id, payee_institution_id, payee_account, amount_minor, currency,
       responded_at)
     select key, accepted_at, $1, n, key::text, business_type, route, status, payer, key, intermediary, payee, key, amount, currency,
       accepted_at + latency * interval '1 ms'
     from unnest($2::uuid[], $3::timestamptz[], $4::business_type[], $5::payment_route[], $6::transaction_status[], $7::integer[],
       $8::integer[], $9::integer[], $10::bigint[], $11::text[], $12::integer[]) with ordinality
       as r (key, accepted_at, business_type, route, status, payer, intermediary, payee, amount, currency, latency, n)`,
    [
      batch,
      rows.map(({ key }) => key),
      rows.map(({ acceptedAt }) => acceptedAt.toISOString()),
      rows.map(({ businessType }) => businessType),
      rows.map(({ route }) => route),
      rows.map(({ status }) => status),
      rows.map(({ payerId }) => payerId),
      rows.map(({ intermediaryId }) => intermediaryId),
      rows.map(({ payeeId }) => payeeId),
      rows.map(({ amountMinor }) => amountMinor.toString()),
      rows.map(({ currency }) => currency),
      rows.map(({ latencyMs }) => latencyMs),
    ],
  );
  return batch;
}

/** Moves payments to other states: the payment's row changes in the transaction that stores the outcome. */
export async function insertOutcomes(client: ClientBase, outcomes: readonly { key: string; to: TransactionStatus }[]): Promise<string> {
  const batch = await insertBatch(client, 'outcomes', []);
  for (const [line, { key, to }] of outcomes.entries())
    await client.query(
      `with before as (select transaction_key, accepted_at, status from clearing_transaction where transaction_key = $1 for update),
       stored as (
         insert into transaction_outcome (transaction_key, accepted_at, batch_id, line_no, recorded_at, kind, from_status, to_status)
         select transaction_key, accepted_at, $2, $3, now(), 'resolved', status, $4::transaction_status from before
       )
       update clearing_transaction t set status = $4::transaction_status from before b
       where t.transaction_key = b.transaction_key and t.accepted_at = b.accepted_at`,
      [key, batch, line + 1, to],
    );
  return batch;
}

export async function insertLegs(client: ClientBase, legs: readonly { key: string; startedAt: Date; ms: number }[]): Promise<string> {
  const batch = await insertBatch(
    client,
    'legs',
    legs.map(({ startedAt }) => startedAt.getTime()),
  );
  for (const [line, { key, startedAt, ms }] of legs.entries()) {
    await client.query(`select ensure_partition('leg', $1)`, [startedAt]);
    await client.query(
      `insert into leg (transaction_key, started_at, batch_id, line_no, transaction_id, party, institution_id, reporter_id, serial, ended_at,
         amount_minor, currency, status)
       values ($1, $2, $3, $4::integer, 'T', 'payer_bank', 1, 1, $4::integer::text, $5, 100, 'CNY', 'debited')`,
      [key, startedAt, batch, line + 1, new Date(startedAt.getTime() + ms)],
    );
  }
  return batch;
}

export async function insertHeartbeats(
  client: ClientBase,
  beats: readonly {
    institutionId: number;
    ok: boolean;
    sentAt: Date;
    layer?: string;
    line?: string;
    direction?: string;
    detail?: string;
  }[],
): Promise<string> {
  const batch = await insertBatch(
    client,
    'heartbeats',
    beats.map(({ sentAt }) => sentAt.getTime()),
  );
  await client.query(
    `insert into heartbeat (institution_id, line, layer, direction, sent_at, ok, latency_ms, detail, batch_id)
     select institution, line, layer::heartbeat_layer, direction::line_direction, at, ok, 10, detail, $1
     from unnest($2::integer[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::boolean[], $8::text[])
       as b (institution, line, layer, direction, at, ok, detail)`,
    [
      batch,
      beats.map(({ institutionId }) => institutionId),
      beats.map(({ line = 'dc1' }) => line),
      beats.map(({ layer = 'network' }) => layer),
      beats.map(({ direction = 'outbound' }) => direction),
      beats.map(({ sentAt }) => sentAt.toISOString()),
      beats.map(({ ok }) => ok),
      beats.map(({ detail }) => detail ?? null),
    ],
  );
  return batch;
}

async function insertBatch(client: ClientBase, feed: string, times: readonly number[]): Promise<string> {
  const name = randomUUID();
  const { rows } = await client.query<{ id: string }>(
    `insert into feed_batch (institution_id, feed, client_batch_id, body_digest, accepted_count, duplicate_count, refused_count,
       first_accepted_at, last_accepted_at, receipt)
     values (1, $1, $2, $3, $4, 0, 0, $5, $6, '') returning id::text as id`,
    [
      feed,
      name,
      createHash('sha256').update(name).digest(),
      Math.max(times.length, 1),
      times.length ? new Date(Math.min(...times)) : null,
      times.length ? new Date(Math.max(...times)) : null,
    ],
  );
  return (rows[0] as { id: string }).id;
}
