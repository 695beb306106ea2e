import type { ClientBase } from 'pg';
import type { AlertRow } from './alert-row';

/**
 * How counts are written: `whole` says what there is in all (written twice, it is the same), `more` is added to what is there and must be
 * committed once with the place in the feed.
 */
export type Counting = 'whole' | 'more';

/**
 * Inserts alerts and updates those that are there by key, only in the detector's own columns; people's stay. An alert that somebody has
 * disposed of and that grows says so. The client must be in a transaction.
 */
export async function writeAlerts(client: ClientBase, rows: readonly AlertRow[], counting: Counting): Promise<void> {
  // People lock several alerts in the order of their ids; in any other order the two could wait for each other.
  await client.query('select id from alert where key = any($1) order by id for update', [rows.map(({ key }) => key)]);
  for (const row of rows) await writeAlert(client, row, counting);
}

async function writeAlert(client: ClientBase, row: AlertRow, counting: Counting): Promise<void> {
  const { rows: known } = await client.query<{ count: number }>('select transaction_count as count from alert where key = $1 for update', [
    row.key,
  ]);
  const before = known[0]?.count;
  const { rows } = await client.query<{ id: string; count: number; state: string }>(
    `insert into alert as a (key, source, rule_id, rule_version, subject_type, subject_id, institution_id, severity, score, currency,
       amount_minor, transaction_count, folded_count, opened_at, updated_at, detail)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, to_timestamp($14::double precision), to_timestamp($15::double precision), $16)
     on conflict (key) do update
     set severity = excluded.severity,
       score = greatest(a.score, excluded.score),
       currency = case when a.currency = excluded.currency then a.currency end,
       amount_minor = case
         when a.currency is distinct from excluded.currency then 0
         when $17::boolean then a.amount_minor + excluded.amount_minor
         else excluded.amount_minor end,
       transaction_count = case when $17::boolean then a.transaction_count else 0 end + excluded.transaction_count,
       folded_count = excluded.folded_count,
       updated_at = greatest(a.updated_at, excluded.updated_at),
       grown_since = case
         when a.disposed_at is not null and excluded.transaction_count > case when $17::boolean then 0 else a.transaction_count end
         then coalesce(a.grown_since, clock_timestamp())
         else a.grown_since end,
       detail = excluded.detail
     returning id::text as id, transaction_count as count, state`,
    [
      row.key,
      row.source,
      row.ruleId,
      row.ruleVersion,
      row.subjectType,
      row.subjectId,
      row.institutionId,
      row.severity,
      row.score,
      row.currency,
      row.amountMinor.toString(),
      row.transactionCount,
      row.foldedCount,
      row.openedAtMs / 1000,
      row.updatedAtMs / 1000,
      JSON.stringify(row.detail),
      counting === 'more',
    ],
  );
  const [written] = rows;
  if (!written) throw new Error(`the alert ${row.key} was not written`);
  await client.query(
    `insert into alert_transaction (alert_id, transaction_key, accepted_at)
     select $1, key, to_timestamp(at / 1000)
     from unnest($2::uuid[], $3::double precision[]) as t (key, at)
     on conflict do nothing`,
    [written.id, row.transactions.map(({ key }) => key), row.transactions.map(({ acceptedAtMs }) => acceptedAtMs)],
  );
  // An open alert grows by the minute; only what somebody has judged already is told of that in its history.
  const kind = before === undefined ? 'opened' : written.state !== 'open' && written.count > before ? 'grown' : undefined;
  if (kind)
    await client.query('insert into alert_event (alert_id, kind, detail) values ($1, $2, $3)', [
      written.id,
      kind,
      JSON.stringify({ severity: row.severity, transactions: written.count, ...(kind === 'grown' ? { before } : {}) }),
    ]);
}
