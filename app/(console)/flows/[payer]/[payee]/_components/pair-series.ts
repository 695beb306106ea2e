import 'server-only';
import type { AlignedRange } from '@/domain/flows/aligned-range';
import { alignToSteps, trendStepS } from '@/domain/flows/trend-step';
import { startOfBusinessDay, type TimeRange } from '@/domain/time-range';

const HOUR_S = 3600;

const DAY_S = 24 * HOUR_S;

/**
 * Steps of a pair's lines: whole hours or more, wide enough that a page is not crowded. Those of whole days begin at midnight, shorter ones
 * where the range does. A step that reaches over the range's end holds the range's part only: the sum stays that of the range.
 */
export function pairSteps({ range }: Pick<AlignedRange, 'range'>, most?: number): { readonly stepS: number; readonly steps: TimeRange } {
  const hours = (range.to.getTime() - range.from.getTime()) / 3_600_000;
  const stepS =
    most === undefined ? trendStepS(range, HOUR_S) : HOUR_S * ([1, 2, 3, 6, 12, 24, 48, 168].find((step) => hours / step <= most) ?? 168);
  return { stepS, steps: alignToSteps(range, stepS, stepS < DAY_S ? range.from : startOfBusinessDay(range.from)) };
}
