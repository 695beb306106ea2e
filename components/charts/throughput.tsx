'use client';
import { useRouter } from 'next/navigation';
import { useId } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, ReferenceArea, ReferenceDot, ReferenceLine, XAxis, YAxis } from 'recharts';
import { rangeLink } from '@/domain/flows/flow-links';
import type { Excursion } from '@/domain/overview/excursion';
import { RATE_UNITS, type RateUnit, rateText } from '@/domain/overview/rate-unit';
import type { ThroughputPoint } from '@/domain/overview/throughput-points';
import { toBusinessText } from '@/domain/time-range';
import { ClockTick, type TickProps, ValueTick } from './axis-ticks';
import { useElementSize } from './element-size';
import { ExcursionMark } from './excursion-mark';
import { beside, useSpanBrush } from './span-brush';
import { type ThroughputLabels, ThroughputReadout } from './throughput-readout';
import { axisNumber, niceCeiling, timeTicks, timeTickText } from './time-axis';

const RIGHT_PX = 16;
const NARROW_PX = 460;

/**
 * Throughput against what is usual. Drag, or shift and the arrow keys, marks a span; letting go, or Enter, opens the flows of that span.
 * `flowsHref` is the address of the flows page, whose range the span becomes.
 */
export function Throughput({
  points,
  stepMs,
  unit,
  excursion,
  excursionLabel,
  dataAt,
  labels,
  flowsHref,
  summary,
  textPx = 12,
}: {
  readonly points: readonly ThroughputPoint[];
  readonly stepMs: number;
  /** Points are payments a second; the axis counts them in this unit. */
  readonly unit: RateUnit;
  readonly excursion: Excursion | null;
  readonly excursionLabel: string;
  /** Where the data ends: what the axis calls the present. */
  readonly dataAt: number;
  readonly labels: ThroughputLabels;
  readonly flowsHref: string;
  readonly summary: string;
  /** Size of the words: larger on a wall. */
  readonly textPx?: number;
}) {
  const [ref, size] = useElementSize<HTMLDivElement>();
  const router = useRouter();
  const statusId = useId();
  const left = (52 * textPx) / 12;
  const { cursor, marked, handlers } = useSpanBrush({
    count: points.length,
    plot: { left, width: size.width - left - RIGHT_PX },
    single: true,
    onPick: (from, to) => {
      const [first, last] = [points[from], points[to]];
      if (first && last) router.push(rangeLink(flowsHref, { from: new Date(first.at), to: new Date(last.at + stepMs) }));
    },
  });
  const point = cursor === null ? undefined : points[cursor];
  const narrow = size.width < NARROW_PX;
  const drawn = points.map((p) => inUnit(p, RATE_UNITS[unit]));
  const ceiling = niceCeiling(drawn.reduce((top, p) => Math.max(top, p.now ?? 0, p.before ?? 0, p.high ?? 0), 0));
  const last = drawn.findLast((p) => p.now !== null);
  const first = points[0]?.at ?? 0;
  const end = (points.at(-1)?.at ?? 0) + stepMs;
  const alive = size.width > 0 && size.height > 0;

  return (
    <div
      ref={ref}
      className="absolute inset-0 touch-pan-y select-none"
      role="application"
      aria-label={summary}
      aria-describedby={statusId}
      data-alive={alive || undefined}
      tabIndex={0}
      {...handlers}
    >
      {alive ? (
        <ComposedChart
          width={size.width}
          height={size.height}
          data={drawn.map((p) => ({ ...p, band: p.low === null || p.high === null ? null : [p.low, p.high] }))}
          margin={{ top: textPx * 1.5, right: RIGHT_PX, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
          <XAxis
            dataKey="at"
            type="number"
            domain={[first, end]}
            ticks={clockTicks(first, end, narrow, last?.at)}
            tick={(props: TickProps) => (
              <ClockTick
                {...props}
                textPx={textPx}
                text={timeTickText(props.payload.value === last?.at ? Math.min(dataAt, end) : props.payload.value, end - first)}
                lit={props.payload.value === last?.at}
              />
            )}
            tickSize={4}
            axisLine={{ stroke: 'var(--line-strong)' }}
            tickLine={{ stroke: 'var(--line-strong)' }}
            interval={0}
            height={textPx * 2}
          />
          <YAxis
            width={left}
            domain={[0, ceiling]}
            ticks={[0, 0.25, 0.5, 0.75, 1].map((share) => share * ceiling)}
            tick={(props: TickProps) => <ValueTick {...props} textPx={textPx} text={axisNumber(props.payload.value, ceiling)} />}
            axisLine={false}
            tickLine={false}
          />
          <Area dataKey="band" stroke="none" fill="var(--chart-band)" fillOpacity={1} isAnimationActive={false} activeDot={false} />
          {excursion ? (
            <ReferenceArea
              x1={excursion.from}
              x2={excursion.to + stepMs}
              fill="var(--severity-major)"
              fillOpacity={0.14}
              ifOverflow="hidden"
            />
          ) : null}
          <Line dataKey="before" stroke="var(--chart-compare)" strokeWidth={1} dot={false} activeDot={false} isAnimationActive={false} />
          <Line
            dataKey="now"
            stroke="var(--chart-line)"
            strokeWidth={1.5}
            strokeLinejoin="round"
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
          {excursion ? (
            <ReferenceLine
              x={excursion.from}
              stroke="var(--severity-major-text)"
              strokeDasharray="2 2"
              label={(props: { viewBox?: { x?: number; y?: number } }) => (
                <ExcursionMark
                  x={props.viewBox?.x ?? 0}
                  y={props.viewBox?.y ?? 0}
                  width={size.width}
                  text={excursionLabel}
                  textPx={textPx}
                />
              )}
            />
          ) : null}
          {marked ? (
            <ReferenceArea
              x1={points[marked[0]]?.at}
              x2={(points[marked[1]]?.at ?? 0) + stepMs}
              fill="var(--text-1)"
              fillOpacity={0.1}
              stroke="var(--text-1)"
            />
          ) : null}
          {point ? <ReferenceLine x={point.at} stroke="var(--line-strong)" /> : null}
          {last ? (
            <ReferenceDot
              x={last.at}
              y={last.now ?? 0}
              r={3}
              fill="var(--chart-line)"
              stroke="var(--surface-sheet)"
              strokeWidth={1.5}
              ifOverflow="visible"
            />
          ) : null}
        </ComposedChart>
      ) : null}
      {point && cursor !== null ? (
        <div
          className="pointer-events-none absolute top-0 whitespace-nowrap rounded-[var(--radius-control)] bg-[var(--surface-float)] px-2 py-1 text-[12px] leading-4 shadow-[var(--shadow-float)]"
          style={beside(cursor, { count: points.length, left, right: RIGHT_PX, width: size.width })}
        >
          <ThroughputReadout point={point} stepMs={stepMs} labels={labels} unit={unit} />
        </div>
      ) : null}
      <span id={statusId} role="status" className="sr-only">
        {point ? `${toBusinessText(new Date(point.at))} ${labels.now} ${rateText(point.now, unit)} ${labels.unit}` : ''}
      </span>
    </div>
  );
}

function inUnit(point: ThroughputPoint, factor: number): ThroughputPoint {
  const times = (rate: number | null) => rate && rate * factor;
  return { at: point.at, now: times(point.now), before: times(point.before), low: times(point.low), high: times(point.high) };
}

/** Round times, and the present that closes the axis; a round time too near to it makes room. */
function clockTicks(from: number, to: number, narrow: boolean, last: number | undefined): number[] {
  const ticks = timeTicks(from, to, narrow ? 4 : 9).filter((at) => at < to);
  const room = ((to - from) / 100) * (narrow ? 16 : 7);
  return last === undefined ? ticks : [...ticks.filter((at) => Math.abs(last - at) > room), last];
}
