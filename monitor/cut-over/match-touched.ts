import type { ClientBase } from 'pg';
import { type ClearingRecord, type Debit, matchDebits } from '@/domain/cut-over/matching';
import type { CellDays } from './cell-days';
import { competingByKeys } from './competing-by-keys';
import { debitsNaming, recordsByKey } from './reference-rows';
import { addNewDebits, writeVerdicts } from './verdicts';

export type Touched = {
  readonly debitBatches: readonly string[];
  /** Batches that brought payments, or changed what became of some. */
  readonly paymentBatches: readonly string[];
  readonly days: CellDays;
};

/**
 * Judges every debit anew whose verdict the chunk may change, and no other: debits that are new, debits that name a payment of the chunk,
 * and debits that name none but compete for such a record. Verdicts are a function of what is stored (domain/cut-over/matching.ts), so
 * that judging once more changes nothing.
 */
export async function matchTouched(client: ClientBase, { debitBatches, paymentBatches, days }: Touched): Promise<void> {
  // Most chunks are of payments alone, and before the first bank reports its debits there is nothing that they could change.
  if (debitBatches.length > 0) await addNewDebits(client, debitBatches, days);
  else if (!(await anyDebits(client))) return;

  // Every debit that names one of the touched payments, whichever came first.
  const keys = await touchedTransactions(client, debitBatches, paymentBatches);
  if (keys.length > 0) {
    const debits = await debitsNaming(client, keys);
    const records = await recordsByKey(client, debits);
    await judge(client, debits, records, days);
  }

  // Then, over the records that are left: whoever names none and stands near what changed.
  const { debits, records } = await competingByKeys(client, { debitBatches, paymentBatches, transactionKeys: keys });
  if (debits.length > 0) await judge(client, debits, records, days);
}

async function anyDebits(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ any: boolean }>('select exists (select 1 from bank_debit) as any');
  return rows[0]?.any === true;
}

async function judge(client: ClientBase, debits: readonly Debit[], records: readonly ClearingRecord[], days: CellDays): Promise<void> {
  await writeVerdicts(client, matchDebits(debits, records), days);
}

/** Transaction keys whose debits must be judged: named by a new debit, or of a new or changed payment that some debit names. */
async function touchedTransactions(
  client: ClientBase,
  debitBatches: readonly string[],
  paymentBatches: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await client.query<{ key: string }>({
    name: 'touched transactions',
    // What changed comes first, and apart: on a cluster it lies on other servers than the debits.
    text: `with changed as materialized (
        select t.transaction_key
        from clearing_transaction t
        where t.batch_id = any($2::bigint[])
        union all
        select o.transaction_key
        from transaction_outcome o
        where o.batch_id = any($2::bigint[])
          and o.from_status <> o.to_status
      )
      select transaction_key as key
      from bank_debit
      where batch_id = any($1::bigint[])
        and transaction_key is not null
      union
      select c.transaction_key
      from changed c
      where exists (select 1 from bank_debit d where d.transaction_key = c.transaction_key)`,
    values: [debitBatches, paymentBatches],
  });
  return rows.map(({ key }) => key);
}
