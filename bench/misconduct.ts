import { alertSeverity, type Severity } from '@/detector/alerts/severity';
import { isWorthRaising } from '@/detector/alerts/worth-raising';
import { Engine } from '@/detector/engine';
import type { StoredPayment } from '@/detector/feed/stored-payment';
import type { Alert } from '@/domain/detection/alerts/alert-book';
import { SHIPPED_RULES } from '@/domain/detection/rules/shipped-rules';
import { Law } from '@/simulator/law';
import { plantedId } from '@/simulator/misconduct/planted-payment';
import { VOLUME_SCHEMES } from '@/simulator/misconduct/volume-schemes';
import type { Payment } from '@/simulator/payment';
import { print } from './print';

const DAYS = 14;
const MEAN_RATE = 0.4;
const RULES = ['barcode-tier-d', 'terminal-at-several-merchants'];
/** What else finds a kind: the same deed under another name. */
const SAME: { readonly [kind: string]: readonly string[] } = { 'shared-terminal': ['terminal-at-several-merchants'] };

type Raised = {
  readonly kinds: readonly string[];
  readonly transactions: ReadonlySet<string>;
  readonly severity: Severity;
  readonly byRule: boolean;
};

/** Fourteen days of the demo's country with its planted patterns, through the detector's own engine: what is found, and how much of what is raised is true. */
export async function misconduct(): Promise<void> {
  for (const seed of [1, 2]) {
    const until = Math.floor(Date.UTC(2026, 10, 23, 16) / 1000);
    const from = until - DAYS * 86_400;
    const law = new Law({ seed, meanRate: MEAN_RATE, misconduct: { quickFrom: Number.POSITIVE_INFINITY } });
    const raised = alertsOf(law, from, until);
    const figures = new Set(VOLUME_SCHEMES.map(({ kind }) => kind));
    const days = Array.from({ length: DAYS + 2 }, (_, i) => Math.floor(from / 86_400) + i - 1);
    const planted = days
      .flatMap((day) => law.misconduct?.ofDay(day) ?? [])
      .filter(({ fromMs, toMs, kind }) => fromMs >= from * 1000 && toMs <= until * 1000 && !figures.has(kind))
      .map((one) => ({
        kind: one.kind,
        ids: new Set(one.moves.filter(({ ordinary }) => !ordinary).map((move) => plantedId(law.seed, move))),
      }));
    const all = new Set(planted.flatMap(({ ids }) => [...ids]));
    const hits = (alert: Raised, ids: ReadonlySet<string>) => [...alert.transactions].filter((id) => ids.has(id)).length;
    // A rule that is met is met, whoever meant it; of shapes at least half must be planted, or three payments.
    const isTrue = (alert: Raised) => alert.byRule || hits(alert, all) * 2 >= Math.min(alert.transactions.size, 6);
    print(`seed ${seed}: alerts raised in ${DAYS} days`, String(raised.length));
    for (const severity of ['high', 'medium', 'low'] as const) {
      const of = raised.filter((alert) => alert.severity === severity);
      print(`  ${severity}`, `${of.length}, of them true ${of.filter(isTrue).length}`);
    }
    print('  precision', (raised.filter(isTrue).length / Math.max(1, raised.length)).toFixed(2));
    for (const kind of [...new Set(planted.map((one) => one.kind))].sort()) {
      const own = planted.filter((one) => one.kind === kind);
      const found = own.filter(({ ids }) => raised.some((alert) => hits(alert, ids) >= Math.min(2, ids.size)));
      const named = own.filter(({ ids }) =>
        raised.some(
          (alert) => hits(alert, ids) >= Math.min(2, ids.size) && alert.kinds.some((one) => one === kind || SAME[kind]?.includes(one)),
        ),
      );
      const claims = raised.filter(({ kinds }) => kinds.includes(kind));
      print(
        `  ${kind}`,
        `found ${found.length} of ${own.length}, by its own name ${named.length}; alerts of that kind ${claims.length}, true ${claims.filter(isTrue).length}`,
      );
    }
  }
}

function alertsOf(law: Law, from: number, until: number): readonly Raised[] {
  const engine = new Engine({ active: SHIPPED_RULES.filter(({ id }) => RULES.includes(id)), shadow: [] });
  const alerts = new Map<string, Alert>();
  const byRule = new Map<string, { kinds: string[]; transactions: Set<string>; severity: Severity; byRule: true }>();
  for (let second = from; second < until; second += 600) {
    const payments: StoredPayment[] = [];
    for (let at = second; at < second + 600; at++)
      for (const payment of law.payments(at)) if (payment.status === 'succeeded') payments.push(stored(payment));
    const findings = engine.take(payments);
    for (const [id, alert] of findings.alerts) alerts.set(id, alert);
    for (const [key, hit] of findings.hits) {
      const known = byRule.get(key) ?? {
        kinds: [hit.rule.id],
        transactions: new Set<string>(),
        severity: 'medium' as const,
        byRule: true as const,
      };
      for (const { key: id } of hit.transactions) known.transactions.add(id);
      byRule.set(key, known);
    }
  }
  const graph = [...alerts.values()].filter(isWorthRaising).map((alert) => ({
    kinds: alert.findings.map(({ typology }) => typology),
    transactions: new Set(alert.transactions),
    severity: alertSeverity(alert),
    byRule: false,
  }));
  return [...graph, ...byRule.values()];
}

function stored(payment: Payment): StoredPayment {
  return {
    key: payment.id,
    acceptedAtMs: payment.acceptedMs,
    batchId: '1',
    businessType: payment.businessType,
    route: payment.route,
    status: payment.status,
    payerInstitutionId: payment.payer,
    payerAccount: `${payment.payer}|${payment.payerAccount}`,
    intermediaryId: payment.intermediary ?? null,
    payeeInstitutionId: payment.payee,
    payeeAccount: `${payment.payee}|${payment.payeeAccount}`,
    amountMinor: BigInt(payment.amountMinor),
    currency: 'CNY',
    merchantId: payment.merchantId ?? null,
    terminalId: payment.terminalId ?? null,
    merchantCategory: payment.merchantCategory ?? null,
    barcodeTier: payment.barcodeTier ?? null,
  };
}
