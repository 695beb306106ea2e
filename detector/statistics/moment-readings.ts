import type { ClientBase } from 'pg';
import { quantile } from '@/domain/clearing/latency-histogram';
import { HOUR_MS } from '@/domain/detection/movement';
import { drop, figure, GUARDS, netImbalance, type Reading, surge } from '@/domain/detection/statistics/series-verdict';
import { type HourFigure, type HourFigures, hourFigures, hourKey, hourOf } from './hour-figures';
import { institutionWindow, platformWindows } from './minute-figures';
import { type PastMoments, pastMoments } from './past-days';

/** A reading with what an alert of it shows. */
export type MomentReading = {
  readonly reading: Reading;
  readonly institutionId: number | null;
  readonly currency: string | null;
  readonly volume: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly against: PastMoments['against'];
  readonly samples: readonly { readonly atMs: number; readonly value: number }[];
};

const PLATFORM_MS = 15 * 60_000;
const INSTITUTION_MS = HOUR_MS;
const P99 = 0.99;
/** After hours: from 23 to 6 in business time; the share is of the day that ends at 6. */
const NIGHT_ENDS_HOUR = 6;
const NIGHT_HOURS = 7;

/**
 * Holds every figure at a closed minute against its own past. An institution with fewer payments than a figure needs is not evaluable and not
 * looked up; past hours of the others are read once an hour.
 */
export class MomentReadings {
  #past = { hourMs: 0, institutions: new Set<number>(), figures: new Map<string, HourFigure>() };

  async at(client: ClientBase, toMs: number, firstMs: number): Promise<readonly MomentReading[]> {
    const past = pastMoments(toMs, firstMs + INSTITUTION_MS);
    const readings = [...(await this.#platform(client, toMs, past)), ...(await this.#institutions(client, toMs, past))];
    const nightEnded = (toMs + 8 * HOUR_MS) % (24 * HOUR_MS) === NIGHT_ENDS_HOUR * HOUR_MS;
    return nightEnded ? [...readings, ...(await afterHours(client, toMs, firstMs))] : readings;
  }

  async #platform(client: ClientBase, toMs: number, past: PastMoments): Promise<readonly MomentReading[]> {
    const [now, ...before] = await platformWindows(client, { toMs, lengthMs: PLATFORM_MS, backMs: [0, ...past.backMs] });
    if (!now) return [];
    const about = { institutionId: null, currency: null, volume: now.all, fromMs: toMs - PLATFORM_MS, toMs, against: past.against };
    const samplesOf = (values: readonly (number | null)[]) =>
      values.flatMap((value, i) => (value === null ? [] : [{ atMs: toMs - (past.backMs[i] as number), value }]));
    const counts = samplesOf(before.map(({ all }) => all));
    const shares = samplesOf(before.map(({ all, failed }) => (all > 0 ? (all - failed) / all : null)));
    const slow = samplesOf(before.map(({ latency }) => quantile(latency, P99)));
    const p99 = quantile(now.latency, P99);
    return [
      {
        ...about,
        samples: counts,
        reading: surge(
          'platform',
          now.all,
          counts.map(({ value }) => value),
        ),
      },
      { ...about, samples: shares, reading: drop('platform', successes(now), before.map(successes)) },
      ...(p99 === null
        ? []
        : [
            {
              ...about,
              samples: slow,
              reading: figure(
                'latency',
                'platform',
                { value: p99, volume: now.all },
                slow.map(({ value }) => value),
              ),
            },
          ]),
    ];
  }

  async #institutions(client: ClientBase, toMs: number, past: PastMoments): Promise<readonly MomentReading[]> {
    const fromMs = toMs - INSTITUTION_MS;
    const [earlier, later] = [hourOf(fromMs), hourOf(toMs)];
    const now = await institutionWindow(client, { fromMs, toMs, volumeMin: GUARDS.volumeMin });
    const active = [...new Set([...now.values()].map(({ institutionId }) => institutionId))];
    if (this.#past.hourMs !== later) this.#past = { hourMs: later, institutions: new Set(), figures: new Map() };
    const unread = active.filter((institutionId) => !this.#past.institutions.has(institutionId));
    const hours = past.backMs.flatMap((back) => [earlier - back, later - back]);
    for (const [key, figure] of await hourFigures(client, hours, unread)) this.#past.figures.set(key, figure);
    for (const institutionId of unread) this.#past.institutions.add(institutionId);
    // So much of the window lies in the hour that has begun; an hour that has just ended is the window.
    const share = (toMs - later) / HOUR_MS;
    const running = await hourFigures(client, share > 0 ? [earlier, later] : [earlier], active);
    const readings: MomentReading[] = [];
    for (const { institutionId, currency, ...figures } of now.values()) {
      const series = `institution:${institutionId}`;
      const of = (hourMs: number, from: HourFigures = this.#past.figures) => from.get(hourKey(institutionId, currency, hourMs));
      const samples = past.backMs.map((back) => {
        const [a, b] = [of(earlier - back), of(later - back)];
        const mixed = (key: 'all' | 'failed' | 'paidMinor' | 'receivedMinor') => (1 - share) * (a?.[key] ?? 0) + share * (b?.[key] ?? 0);
        const both = [a?.latency ?? [], share > 0 ? (b?.latency ?? []) : []] as const;
        return {
          atMs: toMs - back,
          all: mixed('all'),
          failed: mixed('failed'),
          paidMinor: mixed('paidMinor'),
          receivedMinor: mixed('receivedMinor'),
          p99: quantile(added(...both), P99),
        };
      });
      const about = { institutionId, volume: figures.all, fromMs, toMs, against: past.against };
      const counts = samples.map(({ atMs, all }) => ({ atMs, value: all }));
      readings.push({
        ...about,
        currency: null,
        samples: counts,
        reading: surge(
          series,
          figures.all,
          counts.map(({ value }) => value),
        ),
      });
      const shares = samples.filter(({ all }) => all > 0).map(({ atMs, all, failed }) => ({ atMs, value: (all - failed) / all }));
      readings.push({ ...about, currency: null, samples: shares, reading: drop(series, successes(figures), samples.map(successes)) });
      const imbalance = netImbalance(figures.paidMinor, figures.receivedMinor);
      const before = samples.flatMap(({ atMs, paidMinor, receivedMinor }) => {
        const value = netImbalance(paidMinor, receivedMinor);
        return value === null ? [] : [{ atMs, value }];
      });
      if (imbalance !== null)
        readings.push({
          ...about,
          currency,
          samples: before,
          reading: figure(
            'net-imbalance',
            `${series}:${currency}`,
            { value: imbalance, volume: figures.all },
            before.map(({ value }) => value),
          ),
        });
      const p99 = quantile(added(of(earlier, running)?.latency ?? [], of(later, running)?.latency ?? []), P99);
      const slow = samples.flatMap(({ atMs, p99: value }) => (value === null ? [] : [{ atMs, value }]));
      if (p99 !== null)
        readings.push({
          ...about,
          currency: null,
          samples: slow,
          reading: figure(
            'latency',
            series,
            { value: p99, volume: figures.all },
            slow.map(({ value }) => value),
          ),
        });
    }
    return readings;
  }
}

/** Technical success: what the system processed, whatever the answer; unknown payments are left out on both sides. */
const successes = ({ all, failed }: { readonly all: number; readonly failed: number }) => ({ succeeded: all - failed, all });

function added(a: readonly number[], b: readonly number[]): readonly number[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => (a[i] ?? 0) + (b[i] ?? 0));
}

/** Each institution's share of payments between 23 and 6, of the day that has just ended at 6, against the days before. */
async function afterHours(client: ClientBase, toMs: number, firstMs: number): Promise<readonly MomentReading[]> {
  const past = pastMoments(toMs, firstMs + 24 * HOUR_MS);
  const { rows } = await client.query<{ id: number; place: number; night: number; all: number }>(
    `select institution_id as id, place::integer,
       coalesce(sum(succeeded + declined + failed) filter (where hour >= to_timestamp((w.ends - $2::double precision) / 1000)), 0)::double precision as night,
       sum(succeeded + declined + failed)::double precision as "all"
     from unnest($1::double precision[]) with ordinality as w (ends, place)
     join institution_hour h on h.hour >= to_timestamp((w.ends - 86400000) / 1000) and h.hour < to_timestamp(w.ends / 1000)
     group by institution_id, place`,
    [[0, ...past.backMs].map((back) => toMs - back), NIGHT_HOURS * HOUR_MS],
  );
  const byInstitution = new Map<number, typeof rows>();
  for (const row of rows) byInstitution.set(row.id, [...(byInstitution.get(row.id) ?? []), row]);
  return [...byInstitution].flatMap(([institutionId, days]) => {
    const now = days.find(({ place }) => place === 1);
    if (!now || now.all === 0) return [];
    const samples = days
      .filter(({ place, all }) => place > 1 && all > 0)
      .map(({ place, night, all }) => ({ atMs: toMs - (past.backMs[place - 2] as number), value: night / all }));
    return [
      {
        institutionId,
        currency: null,
        volume: now.all,
        fromMs: toMs - 24 * HOUR_MS,
        toMs,
        against: past.against,
        samples,
        reading: figure(
          'after-hours',
          `institution:${institutionId}`,
          { value: now.night / now.all, volume: now.all },
          samples.map(({ value }) => value),
        ),
      },
    ];
  });
}
