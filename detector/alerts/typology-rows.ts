import type { ClientBase } from 'pg';
import type { Alert } from '@/domain/detection/alerts/alert-book';
import { SHIPPED_MODELS } from '@/domain/detection/score/shipped-models';
import type { AlertRow } from './alert-row';
import { alertSeverity } from './severity';

type Known = {
  readonly key: string;
  readonly atMs: number;
  readonly minor: string;
  readonly currency: string;
  readonly payer: string;
  readonly payerInstitutionId: number;
  readonly payee: string;
  readonly payeeInstitutionId: number;
};

const KEYS_MAX = 5_000;

/** Alerts of the money graph as rows: their payments are looked up, since the detectors keep no money that is shown. */
export async function typologyRows(client: ClientBase, alerts: readonly Alert[]): Promise<readonly AlertRow[]> {
  const known = await knownPayments(client, [...new Set(alerts.flatMap(({ transactions }) => transactions))]);
  return alerts.map((alert) => rowOf(alert, known));
}

function rowOf(alert: Alert, known: ReadonlyMap<string, Known>): AlertRow {
  const payments = alert.transactions.flatMap((key) => known.get(key) ?? []);
  const currencies = new Set(payments.map(({ currency }) => currency));
  const [currency] = currencies;
  const own = payments.find(({ payer, payee }) => payer === alert.subject || payee === alert.subject);
  const [first] = alert.findings;
  if (!first) throw new Error(`the alert ${alert.id} found nothing`);
  const { arrival } = SHIPPED_MODELS;
  return {
    key: alert.id,
    source: 'typology',
    ruleId: first.typology,
    ruleVersion: first.version,
    subjectType: 'account',
    subjectId: alert.subject,
    institutionId: own ? (own.payer === alert.subject ? own.payerInstitutionId : own.payeeInstitutionId) : null,
    severity: alertSeverity(alert),
    score: alert.score,
    currency: currencies.size === 1 && currency !== undefined ? currency : null,
    amountMinor: currencies.size === 1 ? payments.reduce((sum, { minor }) => sum + BigInt(minor), 0n) : 0n,
    transactionCount: alert.transactions.length + alert.unlisted,
    foldedCount: alert.folded,
    openedAtMs: alert.openedAtMs,
    updatedAtMs: alert.updatedAtMs,
    detail: {
      kind: 'typology',
      findings: [...alert.findings],
      reasons: [...alert.reasons],
      model: alert.reasons.length > 0 ? { name: arrival.name, version: arrival.version } : null,
      unlisted: alert.unlisted,
    },
    transactions: payments.map(({ key, atMs }) => ({ key, acceptedAtMs: atMs })),
  };
}

async function knownPayments(client: ClientBase, keys: readonly string[]): Promise<ReadonlyMap<string, Known>> {
  const known = new Map<string, Known>();
  for (let at = 0; at < keys.length; at += KEYS_MAX) {
    const { rows } = await client.query<Known>(
      `select t.transaction_key::text as key, (date_part('epoch', t.accepted_at) * 1000)::double precision as "atMs",
         t.amount_minor::text as minor, t.currency, t.payer_account::text as payer, t.payer_institution_id as "payerInstitutionId",
         t.payee_account::text as payee, t.payee_institution_id as "payeeInstitutionId"
       from clearing_transaction t
       where t.transaction_key = any($1::uuid[])`,
      [keys.slice(at, at + KEYS_MAX)],
    );
    for (const row of rows) known.set(row.key, row);
  }
  return known;
}
