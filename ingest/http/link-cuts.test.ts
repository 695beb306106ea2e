import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SendOutcome } from '../feed/sender';
import { payment, text } from '../testing/example-lines';
import { type RunningGateway, runningGateway } from '../testing/running-gateway';

let running: RunningGateway;
beforeAll(async () => {
  running = await runningGateway();
});
afterAll(() => running.end());

/** Ends every database connection of the gateway, again and again, at moments that nobody chose; ever more seldom, so that a slow machine gets done too. */
async function cutting(work: Promise<unknown>): Promise<number> {
  const killer = new pg.Client({ connectionString: running.databaseUrl });
  killer.on('error', () => undefined);
  await killer.connect();
  let cuts = 0;
  let done = false;
  let pauseMs = 40;
  void work.finally(() => {
    done = true;
  });
  while (!done) {
    const { rows } = await killer.query(
      `select pg_terminate_backend(pid)
         from pg_stat_activity
        where datname = current_database()
          and application_name = 'headwater-gateway'
          and state <> 'idle'`,
    );
    cuts += rows.length;
    await new Promise((resolve) => setTimeout(resolve, pauseMs * (0.2 + Math.random())));
    pauseMs *= 1.05;
  }
  await killer.end();
  return cuts;
}

test('database connections that are cut in the middle of batches lose nothing that was acknowledged and double nothing', async () => {
  const sender = await running.sender('CLEAR', { attemptsMax: 200, backoffFirstMs: 5, backoffMaxMs: 50 });
  const batches = Array.from({ length: 12 }, (_, b) => Array.from({ length: 400 }, (_, i) => text(payment(`cut-${b}-${i}`))));
  const work = (async () => {
    const outcomes: SendOutcome[] = [];
    for (let at = 0; at < batches.length; at += 3) {
      outcomes.push(
        ...(await Promise.all(
          batches.slice(at, at + 3).map((lines, i) => sender.send('transactions', lines, { batchId: `cut-${at + i}` })),
        )),
      );
    }
    return outcomes;
  })();
  const cuts = await cutting(work);
  const outcomes = await work;
  expect(cuts).toBeGreaterThan(0);
  for (const outcome of outcomes) expect(outcome).toMatchObject({ kind: 'receipt', receipt: { accepted: 400, duplicate: 0, refused: 0 } });
  const { rows } = await running.pool.query(
    `with stored as (
       select count(*)::int as rows, count(distinct transaction_key)::int as keys from clearing_transaction
     ), receipts as (
       select count(*)::int as receipts from message_receipt
     )
     select stored.*, receipts.*, count(*)::int as batches, sum(accepted_count)::int as accepted
       from stored, receipts, feed_batch
      group by 1, 2, 3`,
  );
  expect(rows[0]).toEqual({ rows: 4_800, keys: 4_800, receipts: 4_800, batches: 12, accepted: 4_800 });
}, 120_000);

test('a sender whose connection is cut before the answer gets the receipt of the batch that was stored, by sending it again', async () => {
  const lines = [text(payment('answer-lost'))];
  const impatient = await running.sender('CLEAR', { attemptsMax: 1, timeoutMs: 1 });
  const patient = await running.sender('CLEAR');
  const lost = await impatient.send('transactions', lines, { batchId: 'answer-lost' });
  expect(lost.kind).toBe('unknown');
  const outcome = await patient.send('transactions', lines, { batchId: 'answer-lost' });
  if (outcome.kind !== 'receipt') throw new Error(JSON.stringify(outcome));
  expect(outcome.receipt).toMatchObject({ accepted: 1, duplicate: 0, refused: 0 });
  const { rows } = await running.pool.query("select count(*)::int as n from clearing_transaction where transaction_id = 'answer-lost'");
  expect(rows[0].n).toBe(1);
});
