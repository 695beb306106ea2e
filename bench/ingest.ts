import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { FeedSender } from '@/ingest/feed/sender';
import { cpuMs } from './cpu-time';
import { PaymentMaker } from './made-payments';
import type { BenchOptions } from './main';
import type { Bench, RunningProcess } from './open-bench';
import { ms, perSecond, print } from './print';

const LINES_PER_BATCH = 20_000;
/** The table of a platform that has been running for a while, in multiples of the rows that are measured. */
const HELD_BEFORE = 5;

/**
 * A single stream over HTTP, with signature, checks, deduplication, accounts, receipts and a monitor that rolls up, against a bare COPY of
 * the very same rows, in the same batches, into the same table with the same indexes and as many rows in it. First into an empty database,
 * where nearly every row brings an account that nobody knows; then into one that has been running for a while, where the customers of
 * before pay again.
 */
export async function ingest(bench: Bench, { rows }: BenchOptions): Promise<void> {
  const gateway = await bench.start('gateway');
  const monitor = await bench.start('monitor');
  const { pool: bare } = await bench.anotherDatabase('bare');
  const sender = new FeedSender({ gatewayUrl: `http://127.0.0.1:${gateway.port}`, ...bench.key });
  const startMs = Date.now() - 3_600_000;
  const maker = new PaymentMaker({ seed: 3, meanRate: 5_000, fromSecond: Math.floor(startMs / 1000) });
  const lines = (count: number) => Array.from({ length: count }, () => maker.line(maker.next()));
  const http: Stream = { bench, gateway, monitor, sender, rows: 0 };
  const hour = (hours: number) => new Date(startMs + hours * 3_600_000);
  await bare.query(`select ensure_partition('clearing_transaction', at) from generate_series($1::timestamptz, $2, '1 hour') as at`, [
    hour(-1),
    hour(2),
  ]);
  try {
    await sendAll(http, lines(LINES_PER_BATCH));
    await measure('into an empty database', http, bare, lines(rows));
    for (let sent = 0; sent < HELD_BEFORE * rows; sent += LINES_PER_BATCH) await sendAll(http, lines(LINES_PER_BATCH));
    await untilRolledUp(http);
    await measure(`into one that holds ${http.rows.toLocaleString('en')} rows`, http, bare, lines(rows));
  } finally {
    sender.close();
    await monitor.stop();
    await gateway.stop();
  }
}

type Stream = {
  readonly bench: Bench;
  readonly gateway: RunningProcess;
  readonly monitor: RunningProcess;
  readonly sender: FeedSender;
  /** Sent so far. */
  rows: number;
};

async function measure(name: string, http: Stream, bare: pg.Pool, body: readonly string[]): Promise<void> {
  const { bench } = http;
  const accountsBefore = await count(bench.pool, 'account');
  const [lastBefore] = await batchIds(bench.pool, '0', 'desc limit 1');
  const usedBefore = used(http);
  const begun = performance.now();
  await sendAll(http, body);
  const httpMs = performance.now() - begun;
  await untilRolledUp(http);
  const visibleMs = performance.now() - begun;
  const usedAfter = used(http);

  // What was there before goes in untimed; then the rows measured, from memory.
  for (const id of await batchIds(bench.pool, await lastCopied(bare), '')) {
    if (BigInt(id) > BigInt(lastBefore ?? '0')) break;
    await copyIn(bare, await copiedOut(bench.pool, id));
  }
  const batches = [];
  for (const id of await batchIds(bench.pool, lastBefore ?? '0', '')) batches.push(await copiedOut(bench.pool, id));
  const copyUsed = cpuMs(bench.serverPid, { withChildren: true });
  const copyBegun = performance.now();
  for (const batch of batches) await copyIn(bare, batch);
  const copyMs = performance.now() - copyBegun;
  const copyCpu = cpuMs(bench.serverPid, { withChildren: true }) - copyUsed;

  const rows = body.length;
  const perRow = (cpu: number) => `${((cpu / rows) * 1000).toFixed(1)} µs`;
  const of = (part: keyof typeof usedAfter) => `${part} ${perRow(usedAfter[part] - usedBefore[part])}`;
  const whole = Object.keys(usedAfter).reduce((sum, part) => sum + usedAfter[part as Part] - usedBefore[part as Part], 0);
  const accounts = (await count(bench.pool, 'account')) - accountsBefore;
  console.log(`  ${name}`);
  print(
    'rows, in batches of',
    `${rows.toLocaleString('en')}, ${LINES_PER_BATCH.toLocaleString('en')}; ${(accounts / rows).toFixed(2)} new accounts a row`,
  );
  print('over HTTP, to the last receipt', `${ms(httpMs)}, ${perSecond(rows, httpMs)}`);
  print('over HTTP, until all rows are in the figures', `${ms(visibleMs)}, ${perSecond(rows, visibleMs)}`);
  print('bare COPY, same rows, table and indexes', `${ms(copyMs)}, ${perSecond(rows, copyMs)}`);
  print('HTTP ÷ COPY (the goal is 50 % or more)', `${((copyMs / httpMs) * 100).toFixed(0)} %`);
  print('processor time per row over HTTP', `${[of('gateway'), of('database'), of('monitor'), of('sender')].join(', ')}: ${perRow(whole)}`);
  print('processor time per row of COPY', `database ${perRow(copyCpu)}`);
}

type Part = 'gateway' | 'database' | 'monitor' | 'sender';

function used({ bench, gateway, monitor }: Stream): Record<Part, number> {
  return {
    gateway: cpuMs(gateway.pid),
    database: cpuMs(bench.serverPid, { withChildren: true }),
    monitor: cpuMs(monitor.pid),
    sender: cpuMs(process.pid),
  };
}

async function sendAll(http: Stream, lines: readonly string[]): Promise<void> {
  for await (const outcome of http.sender.sendAll('transactions', lines, { linesPerBatch: LINES_PER_BATCH }))
    if (outcome.kind !== 'receipt' || outcome.receipt.accepted !== outcome.lines)
      throw new Error(`a batch was not accepted: ${JSON.stringify(outcome).slice(0, 500)}`);
  http.rows += lines.length;
}

async function untilRolledUp({ bench, rows }: Stream): Promise<void> {
  for (;;) {
    const { rows: sums } = await bench.pool.query(
      'select coalesce(sum(succeeded + declined + failed + unknown), 0)::text as n from platform_hour',
    );
    if (Number(sums[0].n) >= rows) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function count(pool: pg.Pool, table: 'account'): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(`select count(*)::int as n from ${table}`);
  return (rows[0] as { n: number }).n;
}

async function batchIds(pool: pg.Pool, after: string, order: string): Promise<readonly string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `select id::text as id from feed_batch where feed = 'transactions' and id > $1 order by feed_batch.id ${order}`,
    [after],
  );
  return rows.map(({ id }) => id);
}

async function lastCopied(bare: pg.Pool): Promise<string> {
  const { rows } = await bare.query<{ id: string }>('select coalesce(max(batch_id), 0)::text as id from clearing_transaction');
  return (rows[0] as { id: string }).id;
}

/** A batch's stored rows as COPY text, in memory: reading them is not part of the measurement. */
async function copiedOut(pool: pg.Pool, batchId: string): Promise<Buffer> {
  const client = await pool.connect();
  try {
    const parts: Buffer[] = [];
    const stream = client.query(copyTo(`copy (select * from clearing_transaction where batch_id = ${batchId} order by line_no) to stdout`));
    for await (const part of stream) parts.push(part as Buffer);
    return Buffer.concat(parts);
  } finally {
    client.release();
  }
}

async function copyIn(pool: pg.Pool, batch: Buffer): Promise<void> {
  const client = await pool.connect();
  try {
    const stream = client.query(copyFrom('copy clearing_transaction from stdin'));
    stream.end(batch);
    await finished(stream);
  } finally {
    client.release();
  }
}
