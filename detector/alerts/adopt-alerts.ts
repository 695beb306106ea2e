import type { ClientBase } from 'pg';
import type { Alert } from '@/domain/detection/alerts/alert-book';

/**
 * Before alerts of the past are written anew: one that was raised under another key, because less was known then, is the same alert where it
 * is of the same kind and names at least half of the same payments. It keeps its row, and with it what people decided.
 */
export async function adoptAlerts(client: ClientBase, alerts: readonly Alert[]): Promise<void> {
  const { rows: known } = await client.query<{ key: string }>('select key from alert where key = any($1::text[])', [
    alerts.map(({ id }) => id),
  ]);
  const taken = new Set(known.map(({ key }) => key));
  for (const alert of alerts) {
    const [first] = alert.findings;
    if (taken.has(alert.id) || !first) continue;
    const { rows } = await client.query<{ id: string; key: string }>(
      `select a.id::text as id, a.key
       from alert a
       join alert_transaction t on t.alert_id = a.id
       where a.source = 'typology'
         and a.rule_id = $1
         and t.transaction_key = any($2::uuid[])
         and not a.key = any($3::text[])
       group by a.id, a.key, a.transaction_count
       having count(*) * 2 >= least(a.transaction_count, $4::integer)
       order by count(*) desc, a.id
       limit 1`,
      [first.typology, alert.transactions, [...taken], alert.transactions.length],
    );
    const [same] = rows;
    if (!same) continue;
    await client.query('update alert set key = $2 where id = $1', [same.id, alert.id]);
    taken.add(alert.id);
  }
}
