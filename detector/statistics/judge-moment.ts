import type { ClientBase } from 'pg';
import { AlertDetail } from '@/domain/detection/alerts/alert-detail';
import { qValues } from '@/domain/detection/statistics/false-discoveries';
import { GUARDS } from '@/domain/detection/statistics/series-verdict';
import type { AlertRow } from '../alerts/alert-row';
import type { Severity } from '../alerts/severity';
import { writeAlerts } from '../alerts/write-alerts';
import type { MomentReading } from './moment-readings';
import { isWorthSaying } from './worth-saying';

/** A condition is told once it has stood so long, and is over when it has not stood for so long: a single minute is neither. */
const STANDS_MS = 120_000;
const OVER_MS = 300_000;
const COURSE_MAX = 60;
const UNITS = { surge: 'count', 'success-drop': 'share', latency: 'ms', 'net-imbalance': 'share', 'after-hours': 'share' } as const;

type Condition = {
  readonly kind: string;
  readonly series: string;
  readonly key: string;
  readonly sinceMs: number;
  readonly lastMs: number;
};

/**
 * Writes which figures left their past at a moment, after control of false discoveries across all of them: a condition that stands is one
 * alert, for as long as it does. The client must be in a transaction.
 */
export async function judgeMoment(client: ClientBase, readings: readonly MomentReading[], atMs: number, stepMs: number): Promise<number> {
  const qs = qValues(readings.map(({ reading }) => (reading.state === 'evaluated' ? reading.p : null)));
  const tests = qs.filter((q) => q !== null).length;
  const { rows } = await client.query<Condition>(
    `select kind, series, alert_key as key, (date_part('epoch', since) * 1000)::double precision as "sinceMs",
       (date_part('epoch', last_at) * 1000)::double precision as "lastMs"
     from standing_condition`,
  );
  const known = new Map(rows.map((condition) => [`${condition.kind} ${condition.series}`, condition]));
  let told = 0;
  for (const [i, moment] of readings.entries()) {
    const { reading } = moment;
    const q = qs[i];
    if (reading.state !== 'evaluated' || q === null || q === undefined || q > GUARDS.falseRate || !isWorthSaying(reading, moment.volume))
      continue;
    const before = known.get(`${reading.kind} ${reading.series}`);
    const condition = before && atMs - before.lastMs <= OVER_MS + stepMs ? before : undefined;
    const sinceMs = condition?.sinceMs ?? atMs;
    const key = condition?.key ?? `statistic:${reading.kind}:${reading.series}:${new Date(atMs).toISOString()}`;
    if (before && !condition) await end(client, before);
    await client.query(
      `insert into standing_condition (kind, series, alert_key, since, last_at)
       values ($1, $2, $3, to_timestamp($4::double precision / 1000), to_timestamp($5::double precision / 1000))
       on conflict (kind, series) do update
       set alert_key = excluded.alert_key, since = excluded.since, last_at = excluded.last_at`,
      [reading.kind, reading.series, key, sinceMs, atMs],
    );
    known.delete(`${reading.kind} ${reading.series}`);
    // A share of a whole day is said once and does not have to stand.
    if (reading.kind !== 'after-hours' && atMs - sinceMs < STANDS_MS) continue;
    await writeAlerts(client, [await rowOf(client, { moment, key, sinceMs, atMs, q, tests })], 'whole');
    told++;
  }
  for (const condition of known.values()) if (atMs - condition.lastMs > OVER_MS) await end(client, condition);
  return told;
}

async function rowOf(
  client: ClientBase,
  { moment, key, sinceMs, atMs, q, tests }: { moment: MomentReading; key: string; sinceMs: number; atMs: number; q: number; tests: number },
): Promise<AlertRow> {
  const { reading, institutionId, currency, volume, fromMs, toMs, against, samples } = moment;
  if (reading.state !== 'evaluated') throw new Error('only what was evaluated can stand');
  const iso = (ms: number) => new Date(ms).toISOString();
  const earlier = await detailOf(client, key);
  const course = [...(earlier?.course ?? []), { at: iso(atMs), value: reading.value }].slice(-COURSE_MAX);
  return {
    key,
    source: 'statistic',
    ruleId: reading.kind,
    ruleVersion: 1,
    subjectType: institutionId === null ? 'platform' : 'institution',
    subjectId: institutionId === null ? 'platform' : String(institutionId),
    institutionId,
    severity: severityOf(reading.z, institutionId),
    score: Math.min(0.99, reading.z / (reading.z + 4)),
    currency: null,
    amountMinor: 0n,
    transactionCount: volume,
    foldedCount: 0,
    openedAtMs: sinceMs,
    updatedAtMs: atMs,
    detail: {
      kind: 'statistic',
      figure: reading.kind,
      unit: UNITS[reading.kind],
      currency,
      value: reading.value,
      median: reading.baseline.median,
      mad: reading.baseline.mad,
      z: reading.z,
      p: reading.p,
      q,
      tests,
      falseRate: GUARDS.falseRate,
      volume,
      from: iso(fromMs),
      to: iso(toMs),
      against,
      samples: samples.map(({ atMs: at, value }) => ({ at: iso(at), value })),
      course,
      endedAt: null,
    },
    transactions: [],
  };
}

/** The whole platform's figures are everybody's; of one institution it takes more to be urgent. */
function severityOf(z: number, institutionId: number | null): Severity {
  if (z >= (institutionId === null ? 6 : 12)) return 'high';
  return z >= 6 || institutionId === null ? 'medium' : 'low';
}

async function detailOf(client: ClientBase, key: string): Promise<Extract<AlertDetail, { kind: 'statistic' }> | undefined> {
  const { rows } = await client.query<{ detail: unknown }>('select detail from alert where key = $1', [key]);
  const parsed = AlertDetail.safeParse(rows[0]?.detail);
  return parsed.success && parsed.data.kind === 'statistic' ? parsed.data : undefined;
}

async function end(client: ClientBase, { kind, series, key, lastMs }: Condition): Promise<void> {
  await client.query('delete from standing_condition where kind = $1 and series = $2', [kind, series]);
  await client.query(`update alert set detail = jsonb_set(detail, '{endedAt}', to_jsonb($2::text)) where key = $1`, [
    key,
    new Date(lastMs).toISOString(),
  ]);
}
