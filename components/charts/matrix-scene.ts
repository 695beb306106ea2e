import { changeStep, type DepthScale, depthOf, depthScale } from '@/domain/flows/depth';
import type { Metric } from '@/domain/flows/flow-view';
import { cellChange, cellIndex, type MatrixModel, type MatrixOrder, type ModelLine } from '@/domain/flows/matrix-model';
import type { CellDetail } from '@/domain/flows/matrix-wire';

/** One colour step a cell, in reading order of what is shown: 0 to 10 of the depth scale, or change + 5 with 11 for no traffic. */
export type MatrixSteps = { readonly steps: Uint8Array; readonly scale: DepthScale };

export const NO_TRAFFIC = 11;

export function matrixSteps(
  model: MatrixModel,
  order: MatrixOrder,
  { metric, details }: { metric: Metric; details: readonly (CellDetail | null)[] | undefined },
): MatrixSteps {
  const value = (index: number): bigint => {
    if (metric !== 'count') return model.amounts[index] as bigint;
    const detail = details?.[index];
    return detail?.succeeded ?? 0n;
  };
  const scale = depthScale(model.amounts.map((_, index) => value(index)));
  const steps = new Uint8Array(order.rows.length * order.columns.length).fill(metric === 'change' ? NO_TRAFFIC : 0);
  let at = 0;
  for (let r = 0; r < order.rows.length; r++)
    for (let c = 0; c < order.columns.length; c++, at++) {
      const index = cellIndex(model, order, { r, c });
      if (index < 0) continue;
      if (metric !== 'change') {
        steps[at] = depthOf(Number(value(index)), scale);
        continue;
      }
      const detail = details?.[index];
      if (detail) steps[at] = changeStep(cellChange(model.amounts[index] as bigint, detail)) + 5;
    }
  return { steps, scale };
}

/** Share of the largest line, and of the whole that the lines so far hold, both in the order shown and of the metric shown. */
export function edgeShares(
  lines: readonly ModelLine[],
  order: readonly number[],
  metric: Metric,
): { shares: Float64Array; cumulative: Float64Array } {
  const of = (line: ModelLine) => (metric === 'count' ? line.payments : line.amount);
  const values = order.map((index) => of(lines[index] as ModelLine));
  const total = values.reduce((sum, value) => sum + value, 0n) || 1n;
  const largest = Math.max(...values.map(Number), 1);
  let sum = 0n;
  const shares = Float64Array.from(values, (value) => Number(value) / largest);
  const cumulative = Float64Array.from(values, (value) => {
    sum += value;
    return Number((sum * 1_000_000n) / total) / 1_000_000;
  });
  return { shares, cumulative };
}
