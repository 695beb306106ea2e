import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { FeedSender } from '@/ingest/feed/sender';
import { cpuMs } from './cpu-time';
import { PaymentMaker } from './made-payments';
import type { BenchOptions } from './main';
import type { Bench } from './open-bench';
import { ms, perSecond, print } from './print';

const LINES_PER_BATCH = 20_000;

/**
 * A single stream over HTTP, with signature, checks, deduplication, accounts, receipts and a monitor that rolls up, against a bare COPY of
 * the very same rows into the same table with the same indexes: before and after, so that neither side has the warmer machine.
 */
export async function ingest(bench: Bench, { rows }: BenchOptions): Promise<void> {
  const gateway = await bench.start('gateway');
  const monitor = await bench.start('monitor');
  const { pool: bare } = await bench.anotherDatabase('bare');
  const sender = new FeedSender({ gatewayUrl: `http://127.0.0.1:${gateway.port}`, ...bench.key });
  try {
    const startMs = Date.now() - 3_600_000;
    const maker = new PaymentMaker({ seed: 3, meanRate: 5_000, fromSecond: Math.floor(startMs / 1000) });
    const lines = (count: number) => Array.from({ length: count }, () => maker.line(maker.next()));
    await sendAll(sender, lines(LINES_PER_BATCH));
    const body = lines(rows);
    await bench.pool.query('checkpoint').catch(() => {});
    const used = () => ({
      gateway: cpuMs(gateway.pid),
      monitor: cpuMs(monitor.pid),
      database: cpuMs(bench.serverPid, { withChildren: true }),
    });
    const usedBefore = used();
    const begun = performance.now();
    await sendAll(sender, body);
    const httpMs = performance.now() - begun;
    await untilRolledUp(bench.pool, rows + LINES_PER_BATCH);
    const visibleMs = performance.now() - begun;
    const usedAfter = used();

    const batches = await copiedOut(bench.pool);
    const copyMs = [];
    const copyCpuMs = [];
    for (let round = 0; round < 2; round++) {
      await bare.query('truncate clearing_transaction');
      await bare.query(`select ensure_partition('clearing_transaction', at) from generate_series($1::timestamptz, $2, '1 hour') as at`, [
        new Date(startMs - 3_600_000),
        new Date(startMs + 7_200_000),
      ]);
      const copyBegun = performance.now();
      const copyUsed = cpuMs(bench.serverPid, { withChildren: true });
      for (const batch of batches) await copyIn(bare, batch);
      copyMs.push(performance.now() - copyBegun);
      copyCpuMs.push(cpuMs(bench.serverPid, { withChildren: true }) - copyUsed);
    }
    const copiedMs = copyMs.reduce((sum, one) => sum + one, 0) / copyMs.length;
    const copiedRows = rows + LINES_PER_BATCH;
    print('rows, in batches of', `${rows.toLocaleString('en')}, ${LINES_PER_BATCH.toLocaleString('en')}`);
    print('over HTTP, to the last receipt', `${ms(httpMs)}, ${perSecond(rows, httpMs)}`);
    print('over HTTP, until all rows are in the figures', `${ms(visibleMs)}, ${perSecond(rows, visibleMs)}`);
    print('bare COPY, same rows, table and indexes', `${copyMs.map(ms).join(' and ')}, ${perSecond(copiedRows, copiedMs)}`);
    print('HTTP ÷ COPY (the goal is 50 % or more)', `${((rows / httpMs / (copiedRows / copiedMs)) * 100).toFixed(0)} %`);
    const perRow = (name: keyof typeof usedAfter) => `${name} ${(((usedAfter[name] - usedBefore[name]) / rows) * 1000).toFixed(0)} µs`;
    print('processor time per row over HTTP', [perRow('gateway'), perRow('database'), perRow('monitor')].join(', '));
    print('processor time per row of COPY', `database ${((Math.min(...copyCpuMs) / copiedRows) * 1000).toFixed(0)} µs`);
  } finally {
    sender.close();
    await monitor.stop();
    await gateway.stop();
  }
}

async function sendAll(sender: FeedSender, lines: readonly string[]): Promise<void> {
  for await (const outcome of sender.sendAll('transactions', lines, { linesPerBatch: LINES_PER_BATCH }))
    if (outcome.kind !== 'receipt' || outcome.receipt.accepted !== outcome.lines)
      throw new Error(`a batch was not accepted: ${JSON.stringify(outcome).slice(0, 500)}`);
}

async function untilRolledUp(pool: pg.Pool, rows: number): Promise<void> {
  for (;;) {
    const { rows: sums } = await pool.query(
      'select coalesce(sum(succeeded + declined + failed + unknown), 0)::text as n from platform_hour',
    );
    if (Number(sums[0].n) >= rows) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The stored rows as COPY text, batch by batch, in memory: reading them is not part of the measurement. */
async function copiedOut(pool: pg.Pool): Promise<readonly Buffer[]> {
  const { rows } = await pool.query<{ id: string }>("select id::text as id from feed_batch where feed = 'transactions' order by id");
  const client = await pool.connect();
  try {
    const batches = [];
    for (const { id } of rows) {
      const parts: Buffer[] = [];
      const stream = client.query(copyTo(`copy (select * from clearing_transaction where batch_id = ${id} order by line_no) to stdout`));
      for await (const part of stream) parts.push(part as Buffer);
      batches.push(Buffer.concat(parts));
    }
    return batches;
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
