import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { DAY_MS } from '@/domain/time-range';
import { rebuildRollups } from '@/monitor/rollups/rebuild-rollups';
import { COPY_COLUMNS, copyLine, PaymentMaker } from './made-payments';

export const HISTORY_DAYS = 14;
const LINES_PER_WRITE = 2_000;

export type Filled = {
  readonly maker: PaymentMaker;
  readonly accountOf: (side: { id: number; account: string }) => string;
  readonly toMs: number;
};

/** A platform's last fourteen days, empty as yet. */
export async function openHistory(pool: pg.Pool): Promise<Filled> {
  const toMs = Date.now();
  await pool.query(
    `select ensure_partition('clearing_transaction', $1::timestamptz - d * interval '1 day') from generate_series(0, $2::integer) as d`,
    [new Date(toMs), HISTORY_DAYS],
  );
  const accounts = new Map<string, string>();
  const accountOf = ({ account }: { account: string }) => {
    const known = accounts.get(account);
    if (known) return known;
    const made = randomUUID();
    accounts.set(account, made);
    return made;
  };
  return { maker: await PaymentMaker.open(pool, 'history'), accountOf, toMs };
}

/** Adds rows, spread evenly over the fourteen days, without secondary indexes while they are written; then the indexes, then statistics. */
export async function addHistory(pool: pg.Pool, filled: Filled, rows: number): Promise<void> {
  const { rows: indexes } = await pool.query<{ name: string; definition: string }>(
    "select indexname as name, indexdef as definition from pg_indexes where tablename = 'clearing_transaction' and indexname <> 'clearing_transaction_pkey'",
  );
  for (const { name } of indexes) await pool.query(`drop index ${name}`);
  await pool.query('alter table clearing_transaction drop constraint clearing_transaction_pkey');
  const client = await pool.connect();
  try {
    const stream = client.query(copyFrom(`copy clearing_transaction (${COPY_COLUMNS}) from stdin`));
    const fromMs = filled.toMs - HISTORY_DAYS * DAY_MS;
    const step = (HISTORY_DAYS * DAY_MS) / rows;
    let text = '';
    for (let i = 0; i < rows; i++) {
      text += copyLine(filled.maker.next(Math.floor(fromMs + i * step)), filled.accountOf);
      if (i % LINES_PER_WRITE !== LINES_PER_WRITE - 1) continue;
      if (!stream.write(text)) await once(stream, 'drain');
      text = '';
    }
    stream.end(text);
    await finished(stream);
  } finally {
    client.release();
  }
  await pool.query('alter table clearing_transaction add primary key (transaction_key, accepted_at)');
  // The catalogue describes a partitioned index as one of the parent only.
  for (const { definition } of indexes) await pool.query(definition.replace(' ON ONLY ', ' ON '));
  await pool.query('vacuum (analyze) clearing_transaction');
}

/** All roll-ups of the fourteen days from the rows, and the watermark that pages ask for the newest data. */
export async function rollUpHistory(pool: pg.Pool, { toMs }: Filled): Promise<void> {
  const client = await pool.connect();
  try {
    await rebuildRollups(client, { from: new Date(toMs - HISTORY_DAYS * DAY_MS), to: new Date(toMs) }, toMs);
    await client.query(
      `insert into monitor_watermark (name, xid, batch_id, data_at) values ('derived', '0', 0, $1)
       on conflict (name) do update set data_at = excluded.data_at`,
      [new Date(toMs)],
    );
    await client.query('vacuum (analyze)');
  } finally {
    client.release();
  }
}
