import { DAY_MS, HOUR_MS } from '../movement';
import { discoveries } from './false-discoveries';
import { studentTail, upperTail } from './normal';
import { type Baseline, baselineOf, surgeScore, unsureOfMedian } from './robust';
import { type Successes, successDrop } from './success-drop';

export type Guards = {
  /** Fewer payments than this in the interval and in the baseline: nothing is said. */
  readonly volumeMin: number;
  /** Fewer earlier weeks than this: there is no baseline. */
  readonly samplesMin: number;
  /** The share of alerts that may be false, over all series of one interval. */
  readonly falseRate: number;
};
export const GUARDS: Guards = { volumeMin: 30, samplesMin: 4, falseRate: 0.01 };
/** A 99th percentile of fewer payments is merely their slowest. */
const QUANTILE_VOLUME_MIN = 100;

export type Reading = {
  readonly series: string;
  readonly kind: 'surge' | 'success-drop' | 'latency' | 'net-imbalance' | 'after-hours';
} & (
  | { readonly state: 'evaluated'; readonly value: number; readonly baseline: Baseline; readonly z: number; readonly p: number }
  /** Too little traffic or history: not evaluable is never the same as quiet. */
  | { readonly state: 'not-evaluable'; readonly why: 'volume' | 'history' }
);

/** The place of a moment in the business week, in minutes from Monday 00:00 UTC+8: what it is compared with is the same minute of other weeks. */
export function minuteOfWeek(atMs: number): number {
  // 1970-01-01 was a Thursday: three days into the week.
  const sinceMonday = (atMs + 8 * HOUR_MS + 3 * DAY_MS) % (7 * DAY_MS);
  return Math.floor(sinceMonday / 60_000);
}

/** A count against the counts of the same minute of earlier weeks. */
export function surge(series: string, value: number, samples: readonly number[], guards: Guards = GUARDS): Reading {
  const baseline = baselineOf(samples);
  if (!baseline || baseline.samples < guards.samplesMin) return { series, kind: 'surge', state: 'not-evaluable', why: 'history' };
  if (Math.max(value, baseline.median) < guards.volumeMin) return { series, kind: 'surge', state: 'not-evaluable', why: 'volume' };
  const z = surgeScore(value, baseline);
  return { series, kind: 'surge', state: 'evaluated', value, baseline, z, p: upperTail(z) };
}

/** The share of successes against that of the same intervals before, pooled. */
export function drop(series: string, now: Successes, before: readonly Successes[], guards: Guards = GUARDS): Reading {
  const baseline = baselineOf(before.filter(({ all }) => all > 0).map(({ succeeded, all }) => succeeded / all));
  if (!baseline || before.length < guards.samplesMin) return { series, kind: 'success-drop', state: 'not-evaluable', why: 'history' };
  if (now.all < guards.volumeMin) return { series, kind: 'success-drop', state: 'not-evaluable', why: 'volume' };
  const pooled = before.reduce((sum, one) => ({ succeeded: sum.succeeded + one.succeeded, all: sum.all + one.all }), {
    succeeded: 0,
    all: 0,
  });
  const tested = successDrop(now, pooled);
  if (!tested) return { series, kind: 'success-drop', state: 'not-evaluable', why: 'history' };
  return { series, kind: 'success-drop', state: 'evaluated', value: now.succeeded / now.all, baseline, ...tested };
}

/** A quantile of latency in milliseconds, an imbalance or a share of after-hours payments, against the same figure of earlier weeks. */
export function figure(
  kind: 'latency' | 'net-imbalance' | 'after-hours',
  series: string,
  now: { readonly value: number; readonly volume: number },
  samples: readonly number[],
  guards: Guards = GUARDS,
): Reading {
  const baseline = baselineOf(samples);
  if (!baseline || baseline.samples < guards.samplesMin) return { series, kind, state: 'not-evaluable', why: 'history' };
  const volumeMin = kind === 'latency' ? Math.max(guards.volumeMin, QUANTILE_VOLUME_MIN) : guards.volumeMin;
  if (now.volume < volumeMin) return { series, kind, state: 'not-evaluable', why: 'volume' };
  // A share estimated from n payments, or a quantile near the edge, is never sharper than a few parts in a hundred of itself.
  const spread =
    Math.max(1.4826 * baseline.mad, 0.05 * Math.abs(baseline.median), kind === 'latency' ? 1 : 0.5 / Math.sqrt(now.volume)) *
    unsureOfMedian(baseline);
  const z = (now.value - baseline.median) / spread;
  // Nothing is known of how such a figure is spread but what its few samples say: a normal tail would be far too sure.
  return { series, kind, state: 'evaluated', value: now.value, baseline, z, p: studentTail(z, baseline.samples - 1) };
}

/** |received − paid| over received + paid, 0 to 1; null where nothing moved. */
export function netImbalance(paid: number, received: number): number | null {
  return paid + received === 0 ? null : Math.abs(received - paid) / (paid + received);
}

/** The readings of one interval that stand after control of false discoveries across all of them. */
export function standing(readings: readonly Reading[], guards: Guards = GUARDS): readonly Reading[] {
  const stands = discoveries(
    readings.map((reading) => (reading.state === 'evaluated' ? reading.p : null)),
    guards.falseRate,
  );
  return readings.filter((_, i) => stands[i]);
}
