import type { ClientBase } from 'pg';
import type { BusinessType } from '@/domain/clearing/transaction';
import { type ClearingRecord, type Debit, MATCHING_RULE } from '@/domain/cut-over/matching';

type Row = {
  key: string;
  micros: string;
  bankId: number;
  institutionId: number;
  businessType: BusinessType;
  currency: string;
  amountMinor: string;
  agreementNo: string | null;
};

/** Columns of a `bank_debit d` that make a Debit. */
export const DEBIT_COLUMNS = `d.debit_key as key, (extract(epoch from d.debited_at) * 1000000)::bigint::text as micros, d.bank_id as "bankId",
  d.institution_id as "institutionId", d.business_type::text as "businessType", d.currency, d.amount_minor::text as "amountMinor",
  d.agreement_no as "agreementNo", d.transaction_key as reference`;

/** Columns of a `clearing_transaction t` with its institutions `m` (in between) and `e` (payee) that make a ClearingRecord. */
export const RECORD_COLUMNS = `t.transaction_key as key, (extract(epoch from t.accepted_at) * 1000000)::bigint::text as micros,
  t.payer_institution_id as "bankId", case when m.kind = 'payment' then m.id else e.id end as "institutionId",
  t.business_type::text as "businessType", t.currency, t.amount_minor::text as "amountMinor", t.agreement_no as "agreementNo"`;

/** Joins and conditions that make a payment a record that a bank's debit can belong to. */
export const RECORD_JOINS = `join institution p on p.id = t.payer_institution_id and p.kind = 'bank'
  join institution e on e.id = t.payee_institution_id
  left join institution m on m.id = t.intermediary_institution_id`;
export const IS_RECORD = `t.route = 'cleared' and t.status = 'succeeded' and (m.kind = 'payment' or e.kind = 'payment')`;

export function debitOf(row: Row & { reference: string | null }): Debit {
  return { ...row, atMicros: Number(row.micros), amountMinor: BigInt(row.amountMinor) };
}

export function recordOf(row: Row): ClearingRecord {
  return { ...row, atMicros: Number(row.micros), amountMinor: BigInt(row.amountMinor) };
}

/** All debits that name one of these transactions. */
export async function debitsNaming(client: ClientBase, transactionKeys: readonly string[]): Promise<readonly Debit[]> {
  const { rows } = await client.query<Row & { reference: string | null }>({
    name: 'debits naming',
    text: `select ${DEBIT_COLUMNS} from bank_debit d where d.transaction_key = any($1::uuid[])`,
    values: [transactionKeys],
  });
  return rows.map(debitOf);
}

/** The records that these debits name; days beyond the tolerance are not even looked into. */
export async function recordsByKey(client: ClientBase, debits: readonly Debit[]): Promise<readonly ClearingRecord[]> {
  if (debits.length === 0) return [];
  const times = debits.map(({ atMicros }) => atMicros);
  const reach = MATCHING_RULE.referenceToleranceMicros + 1_000;
  const { rows } = await client.query<Row>({
    name: 'records by key',
    text: `select ${RECORD_COLUMNS}
      from clearing_transaction t
      ${RECORD_JOINS}
      where t.transaction_key = any($1::uuid[])
        and t.accepted_at >= $2
        and t.accepted_at <= $3
        and ${IS_RECORD}`,
    values: [debits.map(({ reference }) => reference), isoOf(least(times) - reach), isoOf(greatest(times) + reach)],
  });
  return rows.map(recordOf);
}

/** Of any number of values; spread into Math.min, thousands would not fit on the stack. */
export const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b));
export const greatest = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b));

function isoOf(micros: number): string {
  return new Date(Math.round(micros / 1_000)).toISOString();
}
