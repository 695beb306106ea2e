import { spanText } from '@/domain/format/span';
import { type RateUnit, rateText } from '@/domain/overview/rate-unit';
import type { ThroughputPoint } from '@/domain/overview/throughput-points';

export type ThroughputLabels = { readonly now: string; readonly before: string; readonly band: string; readonly unit: string };

/** What one step of the throughput is, was, and usually is. */
export function ThroughputReadout({
  point,
  stepMs,
  labels,
  unit,
}: {
  readonly point: ThroughputPoint;
  readonly stepMs: number;
  readonly labels: ThroughputLabels;
  readonly unit: RateUnit;
}) {
  const rows = [
    [labels.now, rateText(point.now, unit)],
    ...(point.before === null ? [] : [[labels.before, rateText(point.before, unit)]]),
    ...(point.low === null ? [] : [[labels.band, `${rateText(point.low, unit)}–${rateText(point.high, unit)}`]]),
  ];
  return (
    <>
      <div className="text-[var(--text-2)]">{spanText({ from: new Date(point.at), to: new Date(point.at + stepMs) })}</div>
      {rows.map(([name, text]) => (
        <div key={name} className="flex justify-between gap-3">
          <span className="text-[var(--text-3)]">{name}</span>
          <span>
            {text} <span className="text-[var(--text-3)]">{labels.unit}</span>
          </span>
        </div>
      ))}
    </>
  );
}
