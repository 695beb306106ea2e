import type { ClientBase } from 'pg';
import type { BusinessType } from '@/domain/clearing/transaction';
import type { Verdict } from '@/domain/cut-over/matching';
import { CellDays } from './cell-days';

/** Every new debit begins as residual: it stays so where no record is found for it. */
export async function addNewDebits(client: ClientBase, batches: readonly string[], days: CellDays): Promise<void> {
  const { rows } = await client.query<Sum>({
    name: 'add new debits',
    text: `with added as (
        insert into debit_verdict (debit_key, debited_at, bank_id, institution_id, business_type, currency, amount_minor, by_reference, verdict, reason)
        select debit_key, debited_at, bank_id, institution_id, business_type, currency, amount_minor, transaction_key is not null, 'residual',
          case when transaction_key is null then 'no-record' else 'reference-unknown' end
        from bank_debit
        where batch_id = any($1::bigint[])
        on conflict (debit_key) do nothing
        returning institution_id, bank_id, business_type, currency, debited_at, amount_minor
      )
      select institution_id as "institutionId", bank_id as "bankId", business_type::text as "businessType", currency,
        (debited_at at time zone 'Asia/Shanghai')::date - date '1970-01-01' as day, count(*)::text as count, sum(amount_minor)::text as minor
      from added
      group by 1, 2, 3, 4, 5`,
    values: [batches],
  });
  for (const { count, minor, ...cell } of rows) {
    days.add(cell, 'debit', BigInt(count), BigInt(minor));
    days.add(cell, 'residual', BigInt(count), BigInt(minor));
  }
}

type Sum = {
  institutionId: number;
  bankId: number;
  businessType: BusinessType;
  currency: string;
  day: number;
  count: string;
  minor: string;
};

type Stored = {
  key: string;
  atMs: number;
  institutionId: number;
  bankId: number;
  businessType: BusinessType;
  currency: string;
  amountMinor: string;
  reason: string;
  transactionKey: string | null;
  acceptedMs: number | null;
  recordInstitutionId: number | null;
  recordBusinessType: BusinessType | null;
};

/** Writes the verdicts that are not what is stored already, and what they change in the sums. */
export async function writeVerdicts(client: ClientBase, verdicts: ReadonlyMap<string, Verdict>, days: CellDays): Promise<void> {
  const { rows } = await client.query<Stored>({
    name: 'stored verdicts',
    text: `select debit_key as key, date_part('epoch', debited_at) * 1000 as "atMs", institution_id as "institutionId", bank_id as "bankId",
        business_type::text as "businessType", currency, amount_minor::text as "amountMinor", reason, transaction_key as "transactionKey",
        date_part('epoch', accepted_at) * 1000 as "acceptedMs", record_institution_id as "recordInstitutionId",
        record_business_type::text as "recordBusinessType"
      from debit_verdict
      where debit_key = any($1::uuid[])`,
    values: [[...verdicts.keys()]],
  });
  const changed = rows.flatMap((stored) => {
    const verdict = verdicts.get(stored.key) as Verdict;
    const record = verdict.kind === 'matched' ? verdict.record : null;
    return stored.reason === verdict.reason && stored.transactionKey === (record?.key ?? null) ? [] : [{ stored, verdict, record }];
  });
  if (changed.length === 0) return;
  for (const { stored, record } of changed) {
    count(days, stored, -1n);
    count(
      days,
      {
        ...stored,
        transactionKey: record?.key ?? null,
        acceptedMs: record ? record.atMicros / 1_000 : null,
        recordInstitutionId: record?.institutionId ?? null,
        recordBusinessType: record?.businessType ?? null,
      },
      1n,
    );
  }
  // A record may pass from one debit to another: all are given up before any is taken, so that it never belongs to two.
  const held = changed.filter(({ stored }) => stored.transactionKey !== null).map(({ stored }) => stored.key);
  if (held.length > 0)
    await client.query({
      name: 'give up records',
      text: `update debit_verdict
        set verdict = 'residual', transaction_key = null, accepted_at = null, record_institution_id = null, record_business_type = null
        where debit_key = any($1::uuid[])`,
      values: [held],
    });
  const taken = changed.flatMap(({ record }) => (record ? [record.key] : []));
  if (taken.length > 0) await freeRecords(client, taken, days);
  await client.query({
    name: 'write verdicts',
    text: `update debit_verdict v
      set verdict = case when n.transaction_key is null then 'residual' else 'matched' end, reason = n.reason, transaction_key = n.transaction_key,
        accepted_at = timestamptz 'epoch' + n.micros * interval '1 microsecond', record_institution_id = n.institution_id,
        record_business_type = n.business_type
      from unnest($1::uuid[], $2::text[], $3::uuid[], $4::bigint[], $5::integer[], $6::business_type[])
        as n (debit_key, reason, transaction_key, micros, institution_id, business_type)
      where v.debit_key = n.debit_key`,
    values: [
      changed.map(({ stored }) => stored.key),
      changed.map(({ verdict }) => verdict.reason),
      changed.map(({ record }) => record?.key ?? null),
      changed.map(({ record }) => record?.atMicros.toString() ?? null),
      changed.map(({ record }) => record?.institutionId ?? null),
      changed.map(({ record }) => record?.businessType ?? null),
    ],
  });
}

/** A debit that names a record takes it from one that only resembles it; that one is judged again right after. */
async function freeRecords(client: ClientBase, transactionKeys: readonly string[], days: CellDays): Promise<void> {
  const { rows } = await client.query<Stored>({
    name: 'free records',
    text: `with loser as (
        select debit_key, transaction_key, accepted_at, record_institution_id, record_business_type
        from debit_verdict
        where transaction_key = any($1::uuid[])
      )
      update debit_verdict v
      set verdict = 'residual', reason = 'no-record', transaction_key = null, accepted_at = null, record_institution_id = null,
        record_business_type = null
      from loser l
      where v.debit_key = l.debit_key
      returning v.debit_key as key, date_part('epoch', v.debited_at) * 1000 as "atMs", v.institution_id as "institutionId", v.bank_id as "bankId",
        v.business_type::text as "businessType", v.currency, v.amount_minor::text as "amountMinor", v.reason,
        l.transaction_key as "transactionKey", date_part('epoch', l.accepted_at) * 1000 as "acceptedMs",
        l.record_institution_id as "recordInstitutionId", l.record_business_type::text as "recordBusinessType"`,
    values: [transactionKeys],
  });
  for (const before of rows) {
    count(days, before, -1n);
    count(days, { ...before, transactionKey: null, acceptedMs: null, recordInstitutionId: null, recordBusinessType: null }, 1n);
  }
}

/** What one verdict contributes: its debit's cell, and the cell of the record that it confirms. */
function count(days: CellDays, verdict: Stored, sign: 1n | -1n): void {
  const { institutionId, bankId, businessType, currency } = verdict;
  const minor = sign * BigInt(verdict.amountMinor);
  const cell = { institutionId, bankId, businessType, currency, day: CellDays.dayOf(verdict.atMs) };
  if (verdict.transactionKey === null) {
    days.add(cell, 'residual', sign, minor);
    return;
  }
  const recordInstitution = verdict.recordInstitutionId as number;
  if (recordInstitution !== institutionId) days.add(cell, 'nested', sign, minor);
  const recordCell = {
    institutionId: recordInstitution,
    bankId,
    businessType: verdict.recordBusinessType as BusinessType,
    currency,
    day: CellDays.dayOf(verdict.acceptedMs as number),
  };
  days.add(recordCell, 'confirmed', sign, minor);
}
