import type { TrendMetric } from './flow-view';
import type { TrendValue } from './trend';

/** A value as it crosses to the browser: an amount or count as a decimal string, a rate as a number. */
export type WireValue = string | number | null;

export type TrendWire = {
  readonly metric: TrendMetric;
  /** First step, in milliseconds; the others follow at `stepMs`. */
  readonly from: number;
  readonly stepMs: number;
  readonly now: readonly WireValue[];
  /** The direct route where routes are apart; `now` is then the cleared one. */
  readonly second: readonly WireValue[] | null;
  readonly before: readonly WireValue[] | null;
  readonly low: readonly WireValue[] | null;
  readonly high: readonly WireValue[] | null;
  /** Earlier spans that make the band. */
  readonly bandSpans: number;
};

export function wireValues(values: readonly TrendValue[]): readonly WireValue[] {
  return values.map((value) => (typeof value === 'bigint' ? value.toString() : value));
}

/** Height of a value for drawing: minor units or payments as a double, which is exact enough for a pixel. */
export function heightOf(value: WireValue | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
