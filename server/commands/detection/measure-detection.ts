import 'server-only';
import type { ClientBase } from 'pg';
import * as z from 'zod';
import { transactionKeyOf } from '@/server/identity';

/** A pattern as the simulator wrote it down: `simulator-truth/<day>.misconduct.ndjson`. */
export const PlantedPattern = z.object({
  pattern: z.string(),
  kind: z.string(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  transactions: z.array(z.string()).min(1),
});
export type PlantedPattern = z.infer<typeof PlantedPattern>;

export type DetectorMeasure = {
  /** A typology, rule or statistic. */
  readonly ruleId: string;
  readonly planted: number;
  /** Planted patterns that some alert names, whatever it calls them. */
  readonly found: number;
  readonly alerts: number;
  /** Alerts of this kind that are of planted patterns. */
  readonly alertsTrue: number;
};

type Raised = { id: string; source: string; ruleId: string; openedAtMs: number; raisedAtMs: number; keys: readonly string[] };

/** What another rule calls the same deed. */
const CALLED: { readonly [kind: string]: string } = { 'shared-terminal': 'terminal-at-several-merchants' };
const STATISTICS: ReadonlySet<string> = new Set(['surge', 'success-drop', 'latency', 'net-imbalance', 'after-hours']);
/** A pattern is found when an alert names so many of its payments, an alert is true when planted ones are half of it, or so many. */
const NAMED_MIN = 2;
const TRUE_FROM = 3;
/** A figure of the last hour, or of the day that ends at six, stands so long after what moved it. */
const FIGURES_BACK_MS = 24 * 3_600_000;
const FIGURE_LATE_MS = 4 * 3_600_000;

/**
 * Holds the alerts that stand in the database against what the simulator planted by now, and stores the outcome of each kind for its page.
 * Only of a simulated country: of a real one nobody knows the truth.
 */
export async function measureDetection(
  client: ClientBase,
  { patterns, now }: { readonly patterns: readonly PlantedPattern[]; readonly now: Date },
): Promise<readonly DetectorMeasure[]> {
  const over = patterns
    .filter(({ to }) => Date.parse(to) <= now.getTime())
    .map(({ transactions, ...pattern }) => ({ ...pattern, keys: new Set<string>(transactions.map((id) => transactionKeyOf(id))) }));
  const alerts = await raisedAlerts(client);
  // Figures of the past are looked at for a day back from the first start, payments for as long as they are kept.
  const figuresFrom = Math.min(...alerts.map(({ raisedAtMs }) => raisedAtMs)) - FIGURES_BACK_MS;
  const all = new Set(over.flatMap(({ keys }) => [...keys]));
  const common = (alert: Raised, keys: ReadonlySet<string>) => alert.keys.reduce((sum, key) => sum + Number(keys.has(key)), 0);
  const during = (alert: Raised, { kind, from, to }: (typeof over)[number]) =>
    alert.ruleId === kind && alert.openedAtMs >= Date.parse(from) && alert.openedAtMs <= Date.parse(to) + FIGURE_LATE_MS;
  const isTrue = (alert: Raised) =>
    alert.source === 'statistic'
      ? over.some((pattern) => during(alert, pattern))
      : alert.source === 'rule' || common(alert, all) >= Math.min(alert.keys.length / 2, TRUE_FROM);
  const kinds = [...new Set([...over.map(({ kind }) => kind), ...alerts.map(({ ruleId }) => ruleId)])].sort();
  const measures = kinds.map((kind): DetectorMeasure => {
    const planted = over.filter(
      (pattern) =>
        (pattern.kind === kind || CALLED[pattern.kind] === kind) && (!STATISTICS.has(kind) || Date.parse(pattern.from) >= figuresFrom),
    );
    const own = alerts.filter(({ ruleId }) => ruleId === kind);
    return {
      ruleId: kind,
      planted: planted.length,
      found: planted.filter((pattern) =>
        alerts.some((alert) =>
          STATISTICS.has(pattern.kind) ? during(alert, pattern) : common(alert, pattern.keys) >= Math.min(NAMED_MIN, pattern.keys.size),
        ),
      ).length,
      alerts: own.length,
      alertsTrue: own.filter(isTrue).length,
    };
  });
  for (const { ruleId, planted, found, alerts: raised, alertsTrue } of measures)
    await client.query(
      `insert into detector_measure (source, rule_id, measured_at, planted, found, alerts, alerts_true)
       values ('simulator', $1, $2, $3, $4, $5, $6)
       on conflict (source, rule_id, measured_at) do nothing`,
      [ruleId, now, planted, found, raised, alertsTrue],
    );
  return measures;
}

async function raisedAlerts(client: ClientBase): Promise<readonly Raised[]> {
  const { rows } = await client.query<Raised>(
    `select a.id::text as id, a.source, a.rule_id as "ruleId", (date_part('epoch', a.opened_at) * 1000)::double precision as "openedAtMs",
       (date_part('epoch', a.raised_at) * 1000)::double precision as "raisedAtMs",
       array(select t.transaction_key::text from alert_transaction t where t.alert_id = a.id) as keys
     from alert a
     where a.detail ->> 'kind' is distinct from 'fault'`,
  );
  return rows;
}
