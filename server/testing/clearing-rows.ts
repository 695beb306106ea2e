import type pg from 'pg';
import { maskAccount } from '@/domain/account-mask';
import { type AccountKeys, transactionKeyOf } from '../identity';

export type MadeTransaction = {
  readonly id: string;
  readonly at: string;
  readonly payer: number;
  readonly payee: number;
  readonly between?: number;
  /** Full numbers. */
  readonly from?: string;
  readonly to?: string;
  readonly minor: number;
  readonly currency?: string;
  readonly type?: string;
  readonly route?: string;
  readonly status?: string;
  readonly endToEndId?: string;
  readonly uetr?: string;
  readonly originalId?: string;
};

/** Stores payments with their accounts as the gateway would, and the roll-ups that the screens read, as plain sums of what is stored. */
export async function makeTransactions(pool: pg.Pool, keys: AccountKeys, made: readonly MadeTransaction[]): Promise<void> {
  const rows = made.map((one, n) => ({
    line_no: n + 1,
    transaction_key: transactionKeyOf(one.id),
    transaction_id: one.id,
    accepted_at: one.at,
    payer: one.payer,
    payee: one.payee,
    between: one.between ?? null,
    payer_account: keys.idOf(one.payer, one.from ?? '6222000000001182'),
    payee_account: keys.idOf(one.payee, one.to ?? '6217000000004471'),
    amount_minor: one.minor,
    currency: one.currency ?? 'CNY',
    type: one.type ?? 'agreement',
    route: one.route ?? 'cleared',
    status: one.status ?? 'succeeded',
    end_to_end_id: one.endToEndId ?? null,
    uetr: one.uetr ?? null,
    original: one.originalId === undefined ? null : transactionKeyOf(one.originalId),
  }));
  for (const one of made) {
    await pool.query(`select ensure_partition('clearing_transaction', $1::timestamptz), ensure_partition('leg', $1::timestamptz)`, [
      one.at,
    ]);
    for (const [institution, number] of [
      [one.payer, one.from ?? '6222000000001182'],
      [one.payee, one.to ?? '6217000000004471'],
    ] as const)
      await pool.query(
        `insert into account (id, institution_id, number_cipher, number_masked, number_last4) values ($1, $2, $3, $4, $5) on conflict do nothing`,
        [keys.idOf(institution, number), institution, keys.seal(number), maskAccount(number), number.slice(-4)],
      );
  }
  await pool.query(
    `insert into clearing_transaction (transaction_key, accepted_at, batch_id, line_no, transaction_id, end_to_end_id, uetr, business_type,
       route, status, system_code, payer_institution_id, payer_account, intermediary_institution_id, payee_institution_id, payee_account,
       amount_minor, currency, initiated_at, responded_at, original_transaction_key)
     select transaction_key, accepted_at, 1, line_no, transaction_id, end_to_end_id, uetr, type::business_type, route::payment_route,
       status::transaction_status, '0000', payer, payer_account, between, payee, payee_account, amount_minor, currency,
       accepted_at - interval '40 ms', accepted_at + interval '1284 ms', original
     from jsonb_to_recordset($1::jsonb) as r (transaction_key uuid, accepted_at timestamptz, line_no int, transaction_id text,
       end_to_end_id text, uetr uuid, type text, route text, status text, payer int, payer_account uuid, between int, payee int,
       payee_account uuid, amount_minor bigint, currency text, original uuid)`,
    [JSON.stringify(rows)],
  );
  await rollUpStored(pool);
}

const COUNTS = `count(*) filter (where status = 'succeeded'), count(*) filter (where status = 'declined'),
  count(*) filter (where status = 'failed'), count(*) filter (where status in ('unknown', 'received')),
  coalesce(sum(amount_minor) filter (where status = 'succeeded'), 0)`;
const BUCKETS = { hour: `date_trunc('hour', accepted_at)`, day: `(accepted_at at time zone 'Asia/Shanghai')::date` };

async function rollUpStored(pool: pg.Pool): Promise<void> {
  for (const [unit, bucket] of Object.entries(BUCKETS)) {
    await pool.query(`truncate platform_${unit}, institution_${unit}, pair_${unit}`);
    await pool.query(
      `insert into platform_${unit} select ${bucket}, currency, business_type, route, ${COUNTS}, '{}' from clearing_transaction group by 1, 2, 3, 4`,
    );
    await pool.query(
      `insert into pair_${unit} select ${bucket}, payer_institution_id, payee_institution_id, currency, business_type, ${COUNTS}
       from clearing_transaction group by 1, 2, 3, 4, 5`,
    );
    for (const role of ['payer', 'intermediary', 'payee'])
      await pool.query(
        `with sums as materialized (
           select ${role}_institution_id, ${bucket}, currency, ${COUNTS} from clearing_transaction
           where ${role}_institution_id is not null group by 1, 2, 3
         )
         insert into institution_${unit} (institution_id, ${unit}, currency, succeeded, declined, failed, unknown, amount_minor, role, latency)
         select sums.*, '${role}', '{}' from sums`,
      );
  }
}
