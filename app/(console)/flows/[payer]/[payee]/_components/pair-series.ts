import 'server-only';
import type { AlignedRange } from '@/domain/flows/aligned-range';
import { alignToSteps, trendStepS } from '@/domain/flows/trend-step';
import { startOfBusinessDay, type TimeRange } from '@/domain/time-range';

const HOUR_S = 3600;

/** Steps of a pair's lines: whole hours or more, wide enough that a page is not crowded. */
export function pairSteps({ range }: Pick<AlignedRange, 'range'>, most?: number): { readonly stepS: number; readonly range: TimeRange } {
  const hours = (range.to.getTime() - range.from.getTime()) / 3_600_000;
  const stepS =
    most === undefined ? trendStepS(range, HOUR_S) : HOUR_S * ([1, 2, 3, 6, 12, 24, 48, 168].find((step) => hours / step <= most) ?? 168);
  // Steps of whole days begin at midnight, shorter ones where the range does: the sum stays that of the range.
  return stepS <= HOUR_S ? { stepS, range } : { stepS, range: alignToSteps(range, stepS, startOfBusinessDay(range.from)) };
}
