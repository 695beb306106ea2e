import type pg from 'pg';
import type { Alert } from '@/domain/detection/alerts/alert-book';
import { AlertDetail } from '@/domain/detection/alerts/alert-detail';
import { Detection } from '@/domain/detection/detection';
import { magnitude } from '@/domain/money';

const MAJOR = 100;

/**
 * Alerts as the engine raises them over the payments that a test has stored, kept as the detector keeps them; answers how many. Amounts are
 * taken to have two decimals, which the currencies of tests have.
 */
export async function raiseAlerts(pool: pg.Pool, { from = new Date(0) }: { from?: Date } = {}): Promise<number> {
  const detection = new Detection();
  const raised = new Map<string, Alert>();
  const keys = new Map<string, { at: string; minor: bigint; currency: string }>();
  const { rows } = await pool.query(
    `select transaction_key::text as key, accepted_at, to_json(accepted_at at time zone 'UTC') #>> '{}' || 'Z' as at, payer_account::text as payer,
       payee_account::text as payee, payer_institution_id, payee_institution_id, amount_minor::text as minor, currency
     from clearing_transaction
     where status = 'succeeded' and accepted_at >= $1
     order by accepted_at, transaction_key`,
    [from],
  );
  for (const row of rows) {
    keys.set(row.key, { at: row.at, minor: BigInt(row.minor), currency: row.currency });
    const { changes } = detection.take({
      id: row.key,
      atMs: row.accepted_at.getTime(),
      payer: row.payer,
      payee: row.payee,
      payerInstitution: String(row.payer_institution_id),
      payeeInstitution: String(row.payee_institution_id),
      amount: magnitude(BigInt(row.minor)) / MAJOR,
      currency: row.currency,
      channel: 'transfer',
    });
    for (const { alert } of changes) raised.set(alert.id, alert);
  }
  for (const alert of raised.values()) await store(pool, alert, keys);
  return raised.size;
}

async function store(
  pool: pg.Pool,
  alert: Alert,
  keys: ReadonlyMap<string, { at: string; minor: bigint; currency: string }>,
): Promise<void> {
  const payments = alert.transactions.flatMap((key) => {
    const payment = keys.get(key);
    return payment ? [{ key, ...payment }] : [];
  });
  const currencies = new Set(payments.map(({ currency }) => currency));
  const detail = AlertDetail.parse({
    kind: 'typology',
    findings: alert.findings,
    reasons: alert.reasons,
    model: null,
    unlisted: alert.unlisted,
  });
  const first = alert.findings[0];
  const { rows } = await pool.query(
    `insert into alert (key, source, rule_id, rule_version, subject_type, subject_id, institution_id, severity, score, currency, amount_minor,
       transaction_count, folded_count, opened_at, updated_at, detail)
     select $1, 'typology', $2, $3, 'account', $4::text, (select institution_id from account where id = $4::text::uuid), $5, $6, $7, $8, $9, $10, $11, $12, $13
     returning id`,
    [
      alert.id,
      first?.typology,
      first?.version,
      alert.subject,
      alert.score >= 0.6 ? 'high' : alert.score >= 0.3 ? 'medium' : 'low',
      alert.score,
      currencies.size === 1 ? [...currencies][0] : null,
      currencies.size === 1 ? String(payments.reduce((sum, { minor }) => sum + minor, 0n)) : '0',
      payments.length + alert.unlisted,
      alert.folded,
      new Date(alert.openedAtMs),
      new Date(alert.updatedAtMs),
      detail,
    ],
  );
  const id = rows[0].id;
  await pool.query(
    `insert into alert_transaction (alert_id, transaction_key, accepted_at)
     select $1, key, at from jsonb_to_recordset($2::jsonb) as r (key uuid, at timestamptz)`,
    [id, JSON.stringify(payments.map(({ key, at }) => ({ key, at })))],
  );
  await pool.query(`insert into alert_event (alert_id, at, kind) values ($1, $2, 'opened')`, [id, new Date(alert.openedAtMs)]);
}
