import { createHash } from 'node:crypto';
import type * as z from 'zod';
import type { OutcomeLine } from '../feed/lines';
import { spanOf } from './feed-steps';
import type { OpenBatch } from './open-batch';
import { applyOutcome, type OutcomeState } from './outcome-state';
import { microsOf } from './times';

type Line = z.input<typeof OutcomeLine>;
export type Found = { readonly acceptedAt: string; readonly parties: readonly (number | null)[]; state: OutcomeState };
export type SaidOf = { readonly transactionKey: string; readonly lineNo: number; readonly line: Line };

/**
 * Applies outcomes to their transactions, in the order given: whoever follows the batch reads from_status and to_status as one chain.
 * Every transaction has been found.
 */
export async function applyOutcomes(batch: OpenBatch, found: ReadonlyMap<string, Found>, outcomes: readonly SaidOf[]): Promise<void> {
  const rows: OutcomeRow[] = [];
  for (const { transactionKey, lineNo, line } of outcomes) {
    const transaction = found.get(transactionKey) as Found;
    const to = applyOutcome(transaction.state, { ...line, finalAt: finalAtOf(line), recordedMicros: microsOf(line.recordedAt) });
    rows.push({ transactionKey, acceptedAt: transaction.acceptedAt, lineNo, line, from: transaction.state, to });
    transaction.state = to;
  }
  await insertOutcomes(batch, rows);
  await updateTransactions(batch, found, new Set(rows.map(({ transactionKey }) => transactionKey)));
}

/** Whether an institution may say what became of a transaction. */
export function maySpeakOf(reporter: { readonly id: number; readonly kind: string }, transaction: Found): boolean {
  return reporter.kind === 'clearing' || transaction.parties.includes(reporter.id);
}

/** A final outcome that does not say since when is final since it was recorded. */
function finalAtOf(line: Line): string | undefined {
  return line.finalAt ?? (line.kind === 'final' ? line.recordedAt : undefined);
}

const LOCK_BUCKETS = 512;

/**
 * Reads the transactions and keeps other outcome batches off them until this one ends: by advisory locks and not `for update`, which a
 * table that is spread over several machines does not take. Buckets bound the number of locks.
 */
export async function transactionsForUpdate(batch: OpenBatch, keys: readonly string[]): Promise<Map<string, Found>> {
  const buckets = new Set(keys.map((key) => createHash('md5').update(key).digest().readUInt16BE() % LOCK_BUCKETS));
  await batch.client.query('select pg_advisory_xact_lock(7270, bucket) from unnest($1::int[]) as bucket', [
    [...buckets].sort((a, b) => a - b),
  ]);
  return await readTransactions(batch, keys);
}

/** The transactions with these keys as they stand, without keeping anybody off them. */
export async function readTransactions(batch: OpenBatch, keys: readonly string[]): Promise<Map<string, Found>> {
  const { rows } = await batch.client.query<TransactionRow>({
    name: 'transactions-with-assertions',
    text: `select t.transaction_key, to_json(t.accepted_at) #>> '{}' as accepted_at, t.status, t.system_code, t.business_code,
                  to_json(t.final_at) #>> '{}' as final_at,
                  t.payer_institution_id, t.intermediary_institution_id, t.payee_institution_id
             from clearing_transaction t
            where t.transaction_key = any($1::uuid[])`,
    values: [`{${keys.join(',')}}`],
  });
  const asserted = await batch.client.query<{ transaction_key: string; recorded_at: string }>({
    name: 'last-assertions',
    text: `select transaction_key, to_json(max(recorded_at)) #>> '{}' as recorded_at
             from transaction_outcome
            where transaction_key = any($1::uuid[])
              and asserted_status is not null
            group by transaction_key`,
    values: [`{${keys.join(',')}}`],
  });
  const lastAsserted = new Map(asserted.rows.map((row) => [row.transaction_key, microsOf(row.recorded_at)]));
  return new Map(rows.map((row) => [row.transaction_key, foundOf(row, lastAsserted.get(row.transaction_key))]));
}

type TransactionRow = {
  transaction_key: string;
  accepted_at: string;
  status: OutcomeState['status'];
  system_code: string | null;
  business_code: string | null;
  final_at: string | null;
  payer_institution_id: number;
  intermediary_institution_id: number | null;
  payee_institution_id: number;
};

function foundOf(row: TransactionRow, statusAssertedMicros: number | undefined): Found {
  return {
    acceptedAt: row.accepted_at,
    parties: [row.payer_institution_id, row.intermediary_institution_id, row.payee_institution_id],
    state: {
      status: row.status,
      systemCode: row.system_code,
      businessCode: row.business_code,
      finalAt: row.final_at,
      statusAssertedMicros: statusAssertedMicros ?? Number.NEGATIVE_INFINITY,
    },
  };
}

type OutcomeRow = {
  readonly transactionKey: string;
  readonly acceptedAt: string;
  readonly lineNo: number;
  readonly line: Line;
  readonly from: OutcomeState;
  readonly to: OutcomeState;
};

async function insertOutcomes(batch: OpenBatch, rows: readonly OutcomeRow[]): Promise<void> {
  if (rows.length === 0) return;
  await batch.client.query({
    name: 'insert-outcomes',
    text: `insert into transaction_outcome
             (transaction_key, accepted_at, batch_id, line_no, recorded_at, kind, from_status, to_status, asserted_status, final_at,
              system_code, business_code, detail)
           select transaction_key, accepted_at, $1, line_no, recorded_at, kind, from_status, to_status, asserted_status, final_at,
                  system_code, business_code, detail
             from unnest($2::uuid[], $3::timestamptz[], $4::int[], $5::timestamptz[], $6::text[], $7::transaction_status[],
                         $8::transaction_status[], $9::transaction_status[], $10::timestamptz[], $11::text[], $12::text[], $13::text[])
               as outcome (transaction_key, accepted_at, line_no, recorded_at, kind, from_status, to_status, asserted_status, final_at,
                           system_code, business_code, detail)`,
    values: [
      batch.id,
      rows.map(({ transactionKey }) => transactionKey),
      rows.map(({ acceptedAt }) => acceptedAt),
      rows.map(({ lineNo }) => lineNo),
      rows.map(({ line }) => line.recordedAt),
      rows.map(({ line }) => line.kind),
      rows.map(({ from }) => from.status),
      rows.map(({ to }) => to.status),
      rows.map(({ line }) => line.status ?? null),
      rows.map(({ line }) => finalAtOf(line) ?? null),
      rows.map(({ line }) => line.systemCode ?? null),
      rows.map(({ line }) => line.businessCode ?? null),
      rows.map(({ line }) => line.detail ?? null),
    ],
  });
}

async function updateTransactions(batch: OpenBatch, found: ReadonlyMap<string, Found>, touched: ReadonlySet<string>): Promise<void> {
  if (touched.size === 0) return;
  const transactions = [...touched].map((key) => ({ key, ...(found.get(key) as Found) }));
  const span = spanOf(transactions.map(({ acceptedAt }) => microsOf(acceptedAt)));
  await batch.client.query({
    name: 'update-transactions',
    // The keys once more and the span of time, so that only the rows' own partitions and their index entries are looked at.
    text: `update clearing_transaction t
              set status = after.status,
                  final_at = after.final_at,
                  system_code = after.system_code,
                  business_code = after.business_code
             from unnest($1::uuid[], $2::timestamptz[], $3::transaction_status[], $4::timestamptz[], $5::text[], $6::text[])
               as after (transaction_key, accepted_at, status, final_at, system_code, business_code)
            where t.transaction_key = after.transaction_key
              and t.accepted_at = after.accepted_at
              and t.transaction_key = any($1::uuid[])
              and t.accepted_at >= $7
              and t.accepted_at <= $8`,
    values: [
      `{${transactions.map(({ key }) => key).join(',')}}`,
      transactions.map(({ acceptedAt }) => acceptedAt),
      transactions.map(({ state }) => state.status),
      transactions.map(({ state }) => state.finalAt),
      transactions.map(({ state }) => state.systemCode),
      transactions.map(({ state }) => state.businessCode),
      new Date(span?.fromMs ?? 0),
      new Date(span?.toMs ?? 0),
    ],
  });
}
