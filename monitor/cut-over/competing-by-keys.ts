import type { ClientBase } from 'pg';
import type { BusinessType } from '@/domain/clearing/transaction';
import { type ClearingRecord, type Debit, keysOf, MATCHING_RULE } from '@/domain/cut-over/matching';
import { ASKS_FOR_CITUS, Spread } from '@/server/spread';
import { DEBIT_COLUMNS, debitOf, greatest, IS_RECORD, least, RECORD_COLUMNS, RECORD_JOINS, recordOf } from './reference-rows';

const TOLERANCE = MATCHING_RULE.keysToleranceMicros;

type Keys = {
  readonly bankId: number;
  readonly institutionId: number;
  readonly businessType: BusinessType;
  readonly currency: string;
  readonly amountMinor: bigint;
};
/** A stretch of one group of keys within which everything that competes is to be found. */
type Window = Keys & { readonly from: number; readonly to: number };
type Seed = {
  readonly bank: number;
  readonly institution: number;
  readonly type: string;
  readonly currency: string;
  readonly minor: string;
  readonly micros: string;
};

/**
 * All debits without a reference, and all records that nobody names, that compete with something the chunk changed, directly or through a
 * chain of others. Events further apart than the tolerance cannot meet, so a window ends where such a gap begins.
 */
export async function competingByKeys(
  client: ClientBase,
  changed: {
    readonly debitBatches: readonly string[];
    readonly paymentBatches: readonly string[];
    readonly transactionKeys: readonly string[];
  },
): Promise<{ readonly debits: readonly Debit[]; readonly records: readonly ClearingRecord[] }> {
  let windows = merged((await seeds(client, changed)).map(windowOf));
  const debits = new Map<string, Debit>();
  const records = new Map<string, ClearingRecord>();
  while (windows.length > 0) {
    const found = await inWindows(client, windows);
    const wider: Window[] = [];
    for (const [n, window] of windows.entries()) {
      const { debits: held, records: offered } = found[n] as { debits: Debit[]; records: ClearingRecord[] };
      const times = [...held, ...offered].map(({ atMicros }) => atMicros);
      const from = times.reduce((a, b) => Math.min(a, b), window.to) - TOLERANCE;
      const to = times.reduce((a, b) => Math.max(a, b), window.from) + TOLERANCE;
      if (from < window.from || to > window.to) {
        wider.push({ ...window, from: Math.min(from, window.from), to: Math.max(to, window.to) });
      } else {
        for (const debit of held) debits.set(debit.key, debit);
        for (const record of offered) records.set(record.key, record);
      }
    }
    windows = merged(wider);
  }
  return { debits: [...debits.values()], records: [...records.values()] };
}

const CHANGED_COLUMNS = `t.accepted_at, t.payer_institution_id, t.intermediary_institution_id, t.payee_institution_id, t.business_type, t.currency,
          t.amount_minor`;

/** Where verdicts by keys may change: at new debits without a reference, at debits that hold a touched record, and at those near one. */
async function seeds(
  client: ClientBase,
  { debitBatches, paymentBatches, transactionKeys }: Parameters<typeof competingByKeys>[1],
): Promise<readonly Seed[]> {
  const held = await heldBefore(client, paymentBatches, transactionKeys);
  const { rows } = await client.query<Seed>({
    name: 'cut-over seeds',
    // Payments are found by batch and by key alone: joined in the open, the planner may go through all there are.
    text: `with changed as materialized (
        select ${CHANGED_COLUMNS}
        from clearing_transaction t
        where t.batch_id = any($2::bigint[])
          and t.route = 'cleared'
        union all
        select ${CHANGED_COLUMNS}
        from clearing_transaction t
        where t.transaction_key = any($3::uuid[])
          and t.accepted_at >= timestamptz 'epoch' + $5::bigint * interval '1 microsecond'
          and t.accepted_at <= timestamptz 'epoch' + $6::bigint * interval '1 microsecond'
          and t.route = 'cleared'
      ),
      record as (
        select t.accepted_at, t.payer_institution_id as bank_id, case when m.kind = 'payment' then m.id else e.id end as institution_id,
          t.business_type, t.currency, t.amount_minor
        from changed t
        ${RECORD_JOINS}
        where m.kind = 'payment'
          or e.kind = 'payment'
      ),
      seed as (
        select d.bank_id, d.institution_id, d.business_type, d.currency, d.amount_minor, d.debited_at as at
        from bank_debit d
        where d.batch_id = any($1::bigint[])
          and d.transaction_key is null
        union
        select r.bank_id, r.institution_id, r.business_type, r.currency, r.amount_minor, r.accepted_at
        from record r
        where exists (
          select 1
          from debit_verdict v
          where v.bank_id = r.bank_id
            and v.institution_id = r.institution_id
            and v.business_type = r.business_type
            and v.currency = r.currency
            and v.amount_minor = r.amount_minor
            and not v.by_reference
            and v.debited_at >= r.accepted_at - $4::bigint * interval '1 microsecond'
            and v.debited_at <= r.accepted_at + $4::bigint * interval '1 microsecond')
      )
      select bank_id as bank, institution_id as institution, business_type::text as type, currency, amount_minor::text as minor,
        (extract(epoch from at) * 1000000)::bigint::text as micros
      from seed`,
    values: [debitBatches, paymentBatches, held.keys, TOLERANCE, held.from, held.to],
  });
  return rows;
}

/** Payments beside the new ones at which something changed: whose status moved, and those that a touched debit holds. */
async function heldBefore(
  client: ClientBase,
  paymentBatches: readonly string[],
  transactionKeys: readonly string[],
): Promise<{ readonly keys: readonly string[]; readonly from: number | null; readonly to: number | null }> {
  const moved = await client.query<{ key: string; micros: string }>({
    name: 'cut-over moved payments',
    text: `select o.transaction_key as key, (extract(epoch from o.accepted_at) * 1000000)::bigint::text as micros
      from transaction_outcome o
      where o.batch_id = any($1::bigint[])
        and o.from_status <> o.to_status`,
    values: [paymentBatches],
  });
  const held = await client.query<{ key: string; micros: string }>({
    name: 'cut-over held payments',
    text: `select v.transaction_key as key, (extract(epoch from v.accepted_at) * 1000000)::bigint::text as micros
      from debit_verdict v
      where v.transaction_key = any($1::uuid[])`,
    values: [transactionKeys],
  });
  const rows = [...moved.rows, ...held.rows];
  if (rows.length === 0) return { keys: [], from: null, to: null };
  const times = rows.map(({ micros }) => Number(micros));
  return { keys: [...new Set(rows.map(({ key }) => key))], from: least(times), to: greatest(times) };
}

function windowOf({ bank, institution, type, currency, minor, micros }: Seed): Window {
  const at = Number(micros);
  return {
    bankId: bank,
    institutionId: institution,
    businessType: type as BusinessType,
    currency,
    amountMinor: BigInt(minor),
    from: at - TOLERANCE,
    to: at + TOLERANCE,
  };
}

/** Windows of the same keys that touch are one. */
function merged(windows: readonly Window[]): Window[] {
  const byKeys = new Map<string, Window[]>();
  for (const window of windows) byKeys.set(keysOf(window), [...(byKeys.get(keysOf(window)) ?? []), window]);
  return [...byKeys.values()].flatMap((group) => {
    const out: Window[] = [];
    for (const window of group.sort((a, b) => a.from - b.from)) {
      const last = out.at(-1);
      if (last && window.from <= last.to) out[out.length - 1] = { ...last, to: Math.max(last.to, window.to) };
      else out.push(window);
    }
    return out;
  });
}

async function inWindows(client: ClientBase, windows: readonly Window[]): Promise<{ debits: Debit[]; records: ClearingRecord[] }[]> {
  const found = windows.map((): { debits: Debit[]; records: ClearingRecord[] } => ({ debits: [], records: [] }));
  const values = [
    windows.map(({ bankId }) => bankId),
    windows.map(({ institutionId }) => institutionId),
    windows.map(({ businessType }) => businessType),
    windows.map(({ currency }) => currency),
    windows.map(({ amountMinor }) => amountMinor.toString()),
    windows.map(({ from }) => from.toString()),
    windows.map(({ to }) => to.toString()),
  ];
  const debits = await client.query({
    name: 'cut-over debits in windows',
    text: `${WINDOWS}
      select w.n::int as n, ${DEBIT_COLUMNS}
      from w
      join debit_verdict v on v.bank_id = w.bank and v.institution_id = w.institution and v.business_type = w.type
        and v.currency = w.currency and v.amount_minor = w.minor and not v.by_reference and v.debited_at >= w.since and v.debited_at <= w.until
      join bank_debit d on d.debit_key = v.debit_key and d.debited_at = v.debited_at`,
    values,
  });
  for (const row of debits.rows) found[row.n - 1]?.debits.push(debitOf(row));
  const records = await client.query({
    text: `${WINDOWS},
      near as materialized (
        select w.n::int as n, w.institution, t.*
        from w
        ${(await spread.overServers(client)) ? `join clearing_transaction t on ${IN_WINDOW}` : ONE_BY_ONE}
      )
      select t.n, ${RECORD_COLUMNS}
      from near t
      ${RECORD_JOINS}
      where case when m.kind = 'payment' then m.id else e.id end = t.institution
        and ${IS_RECORD}
        and not exists (select 1 from debit_verdict v where v.transaction_key = t.transaction_key and v.by_reference)`,
    values,
  });
  for (const row of records.rows) found[row.n - 1]?.records.push(recordOf(row));
  return found;
}

const IN_WINDOW = `t.accepted_at >= w.since
          and t.accepted_at <= w.until
          and t.payer_institution_id = w.bank
          and t.amount_minor = w.minor
          and t.business_type = w.type
          and t.currency = w.currency
          and t.route = 'cleared'
          and t.status = 'succeeded'`;
/** By bank and time, window by window: joined in the open, a plan made without statistics goes through all payments, for minutes. */
const ONE_BY_ONE = `cross join lateral (
          select *
          from clearing_transaction t
          where ${IN_WINDOW}
          offset 0) t`;
/** The shards of a cluster cannot be asked window by window. */
const spread = new Spread(async (client: ClientBase) => (await client.query<{ spread: boolean }>(ASKS_FOR_CITUS)).rows[0]);

const WINDOWS = `with w as materialized (
  select n, bank, institution, type, currency, minor,
    timestamptz 'epoch' + since * interval '1 microsecond' as since, timestamptz 'epoch' + until * interval '1 microsecond' as until
  from unnest($1::integer[], $2::integer[], $3::business_type[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[]) with ordinality
    as u (bank, institution, type, currency, minor, since, until, n)
)`;
