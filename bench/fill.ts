import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { DAY_MS } from '@/domain/time-range';
import { WATERMARK } from '@/monitor/follow';
import { rebuildRollups } from '@/monitor/rollups/rebuild-rollups';
import { AccountKeys } from '@/server/identity';
import { COPY_COLUMNS, copyLine, PaymentMaker } from './made-payments';

export const HISTORY_DAYS = 14;
const LINES_PER_WRITE = 2_000;

export type History = { readonly fromSecond: number; readonly toMs: number; readonly keys: AccountKeys };

/** A platform's last fourteen days, empty as yet. */
export async function openHistory(pool: pg.Pool, accountKey: string): Promise<History> {
  const toMs = Math.floor(Date.now() / 1000) * 1000;
  await pool.query(
    `select ensure_partition('clearing_transaction', $1::timestamptz - d * interval '1 day') from generate_series(0, $2::integer) as d`,
    [new Date(toMs), HISTORY_DAYS],
  );
  return { fromSecond: (toMs - HISTORY_DAYS * DAY_MS) / 1000, toMs, keys: new AccountKeys(accountKey) };
}

/** Adds some so many rows, spread over the fourteen days as the country pays, without secondary indexes while they are written; then the indexes, then statistics. */
export async function addHistory(pool: pg.Pool, history: History, { rows, seed }: { rows: number; seed: number }): Promise<void> {
  const { rows: indexes } = await pool.query<{ name: string; definition: string }>(
    "select indexname as name, indexdef as definition from pg_indexes where tablename = 'clearing_transaction' and indexname <> 'clearing_transaction_pkey'",
  );
  for (const { name } of indexes) await pool.query(`drop index ${name}`);
  await pool.query('alter table clearing_transaction drop constraint clearing_transaction_pkey');
  const client = await pool.connect();
  try {
    const stream = client.query(copyFrom(`copy clearing_transaction (${COPY_COLUMNS}) from stdin`));
    const meanRate = rows / (HISTORY_DAYS * 86_400);
    const maker = new PaymentMaker({ seed, meanRate, fromSecond: history.fromSecond });
    const known = { institutionIds: await maker.institutionIds(pool), accountId: accountIds(history.keys) };
    let text = '';
    let lines = 0;
    for (let payment = maker.next(); payment.acceptedMs < history.toMs; payment = maker.next()) {
      text += copyLine(payment, known);
      lines += 1;
      if (lines % LINES_PER_WRITE !== 0) continue;
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
export async function rollUpHistory(pool: pg.Pool, { toMs }: History): Promise<void> {
  const client = await pool.connect();
  try {
    await rebuildRollups(client, { from: new Date(toMs - HISTORY_DAYS * DAY_MS), to: new Date(toMs) }, toMs);
    await client.query(
      `insert into monitor_watermark (name, xid, batch_id, data_at) values ($2, '0', 0, $1)
       on conflict (name) do update set data_at = excluded.data_at`,
      [new Date(toMs), WATERMARK],
    );
    await client.query('vacuum (analyze)');
  } finally {
    client.release();
  }
}

/** Accounts' pseudonyms, each computed once while there is room to remember it. */
function accountIds(keys: AccountKeys): (institutionId: number, account: string) => string {
  const known = new Map<string, string>();
  return (institutionId, account) => {
    const name = `${institutionId} ${account}`;
    let id = known.get(name);
    if (id === undefined) {
      id = keys.idOf(institutionId, account) as string;
      if (known.size > 2_000_000) known.clear();
      known.set(name, id);
    }
    return id;
  };
}
