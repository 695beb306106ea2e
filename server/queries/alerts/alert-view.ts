import 'server-only';
import * as z from 'zod';
import { alertGraph } from '@/domain/alerts/alert-graph';
import type { AlertPayment, AlertView } from '@/domain/alerts/alert-view';
import { AlertDetail } from '@/domain/detection/alerts/alert-detail';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { alertActivity } from './alert-activity';
import { visibleTo } from './alert-conditions';
import { alertPayments } from './alert-payments';
import { ALERT_COLUMNS, AlertRecord, alertRowsOf } from './alert-records';
import { measuredPrecision } from './measured-precision';
import { ownPayments } from './own-payments';
import { similarAlerts, subjectHistory } from './related-alerts';

const Record = AlertRecord.extend({ detail: AlertDetail });

/** Everything about one alert, or null where it does not exist for this actor. */
export async function alertView(
  actor: Actor,
  { alertId, locale, at }: { alertId: string; locale: string; at: Date },
): Promise<AlertView | null> {
  const id = BigInt(alertId);
  const found = z.array(Record).parse(
    await database().$queryRaw`
      select ${ALERT_COLUMNS(at)}, a.detail
      from alert a
      where a.id = ${id} and ${visibleTo(actor)}`,
  )[0];
  if (!found) return null;
  const [[row], { payments, missing, hidden }, activity, precisions] = await Promise.all([
    alertRowsOf([found], locale),
    alertPayments(actor, { alertId: id, locale }),
    alertActivity(actor, id),
    measuredPrecision(actor, { ruleIds: [found.ruleId], at }),
  ]);
  if (!row) return null;
  const account = row.subject.kind === 'account' ? row.subject.id : null;
  const [own, history, similar] = await Promise.all([
    account === null ? null : ownPayments(actor, { account, payments }),
    subjectHistory(actor, { row, subjectId: found.subjectId, locale, at }),
    similarAlerts(actor, { row, locale, at }),
  ]);
  const shape = payments.map(({ payerAccount, payeeAccount, amountMinor, at: time }) => ({
    payer: payerAccount,
    payee: payeeAccount,
    amountMinor: BigInt(amountMinor),
    atMs: Date.parse(time),
  }));
  return {
    row: actor.institutionId === null ? row : { ...row, assignee: null },
    detail: found.detail,
    payments,
    missing,
    hidden,
    sums: sumsOf(payments),
    reach: reachOf(payments),
    own,
    graph: alertGraph(shape, account),
    history,
    similar,
    activity,
    precision: precisions.get(found.ruleId) ?? { good: 0, judged: 0 },
  };
}

function sumsOf(payments: readonly AlertPayment[]) {
  const sums = new Map<string, bigint>();
  for (const { currency, amountMinor } of payments) sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(amountMinor));
  return [...sums].map(([currency, amount]) => ({ currency, amountMinor: String(amount) }));
}

function reachOf(payments: readonly AlertPayment[]) {
  const payers = new Set(payments.map(({ payerAccount }) => payerAccount));
  const payees = new Set(payments.map(({ payeeAccount }) => payeeAccount));
  const times = payments.map(({ at }) => Date.parse(at));
  const spanMs = times.length === 0 ? 0 : Math.max(...times) - Math.min(...times);
  return { payers: payers.size, payees: payees.size, accounts: new Set([...payers, ...payees]).size, spanMs };
}
