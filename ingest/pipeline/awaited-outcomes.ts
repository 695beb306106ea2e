import type { OpenBatch } from './open-batch';
import { applyOutcomes, maySpeakOf, readTransactions, type SaidOf } from './outcome-store';

// An answer may be reported before its payment. Between "no such payment" and the answer being kept, nobody may bring the payment: batches
// with transactions hold this lock together, whoever keeps an answer holds it alone, and takes it before any other lock.
const AWAITING = 7271;
/** Applied answers have no line in the batch that brings the payment; their numbers begin above any line's. */
const LINE_NO_FIRST = 1_000_000;

/** Takes the lock where one of the transactions has not been reported, so that it can be looked for once more in peace. */
export async function lockWhereAwaited(batch: OpenBatch, keys: readonly string[]): Promise<void> {
  const found = await readTransactions(batch, keys);
  if (found.size < keys.length) await lockAlone(batch);
}

/**
 * Takes the lock alone. A batch that brings transactions and answers does so first of all: taking it together and then alone would dead-lock.
 * Whoever waits here makes later batches wait behind, so the wait is short; the sender is asked to send again.
 */
export async function lockAlone(batch: OpenBatch): Promise<void> {
  await batch.client.query(`set local lock_timeout = '2s'; select pg_advisory_xact_lock(${AWAITING}, 0); set local lock_timeout = '10s'`);
}

/** Keeps answers until their payments are reported. */
export async function keepAwaited(batch: OpenBatch, early: readonly SaidOf[]): Promise<void> {
  if (early.length === 0) return;
  await batch.client.query(
    `insert into awaited_outcome (transaction_key, batch_id, line_no, reporter_id, recorded_at, line)
     select transaction_key, $1, line_no, $2, recorded_at, line
       from unnest($3::uuid[], $4::int[], $5::timestamptz[], $6::jsonb[]) as said (transaction_key, line_no, recorded_at, line)`,
    [
      batch.id,
      batch.sender.id,
      early.map(({ transactionKey }) => transactionKey),
      early.map(({ lineNo }) => lineNo),
      early.map(({ line }) => line.recordedAt),
      early.map(({ line }) => JSON.stringify(line)),
    ],
  );
}

/** Applies what was said of these transactions before they were reported, by those who may speak of them. */
export async function applyAwaited(batch: OpenBatch, keysOf: () => readonly string[]): Promise<void> {
  if (!(await anyAwaited(batch))) return;
  const keys = keysOf();
  const { rows } = await batch.client.query<AwaitedRow>(
    `select transaction_key, batch_id, line_no, reporter_id, line
       from awaited_outcome
      where transaction_key = any($1::uuid[])
      order by recorded_at, batch_id, line_no`,
    [`{${keys.join(',')}}`],
  );
  if (rows.length === 0) return;
  const reporters = await reportersOf(batch, rows);
  const found = await readTransactions(batch, [...new Set(rows.map((row) => row.transaction_key))]);
  const allowed = rows.filter((row) => {
    const reporter = reporters.get(row.reporter_id);
    const transaction = found.get(row.transaction_key);
    return reporter !== undefined && transaction !== undefined && maySpeakOf(reporter, transaction);
  });
  await applyOutcomes(
    batch,
    found,
    allowed.map(({ transaction_key, line }, i) => ({ transactionKey: transaction_key, lineNo: LINE_NO_FIRST + i, line })),
  );
  await batch.client.query(
    `delete from awaited_outcome a
      using unnest($1::uuid[], $2::bigint[], $3::int[]) as done (transaction_key, batch_id, line_no)
      where a.transaction_key = done.transaction_key
        and a.batch_id = done.batch_id
        and a.line_no = done.line_no`,
    [allowed.map((row) => row.transaction_key), allowed.map((row) => row.batch_id), allowed.map((row) => row.line_no)],
  );
}

/** Asked once a batch: whoever would keep another answer needs the lock that this one holds to its end. */
function anyAwaited(batch: OpenBatch): Promise<boolean> {
  const asked = waiting.get(batch) ?? askAwaited(batch);
  waiting.set(batch, asked);
  return asked;
}
const waiting = new WeakMap<OpenBatch, Promise<boolean>>();

// Two statements in one round trip: the second must see what was committed until the lock was there.
async function askAwaited(batch: OpenBatch): Promise<boolean> {
  const answers: unknown = await batch.client.query(
    `select pg_advisory_xact_lock_shared(${AWAITING}, 0); select exists (select 1 from awaited_outcome) as waiting`,
  );
  const [, found] = answers as readonly [unknown, { readonly rows: readonly [{ readonly waiting: boolean }] }];
  return found.rows[0].waiting;
}

type AwaitedRow = { transaction_key: string; batch_id: string; line_no: number; reporter_id: number; line: SaidOf['line'] };

async function reportersOf(batch: OpenBatch, rows: readonly AwaitedRow[]): Promise<ReadonlyMap<number, { id: number; kind: string }>> {
  const found = await batch.client.query<{ id: number; kind: string }>('select id, kind from institution where id = any($1::int[])', [
    [...new Set(rows.map(({ reporter_id }) => reporter_id))],
  ]);
  return new Map(found.rows.map((row) => [row.id, row]));
}
