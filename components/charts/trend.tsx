'use client';

import { type ReactNode, useId } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, ReferenceArea, ReferenceLine, XAxis, YAxis } from 'recharts';
import { toBusinessText } from '@/domain/time-range';
import { useElementSize } from './element-size';
import { beside, useSpanBrush } from './span-brush';
import { niceCeiling, timeTicks, timeTickText } from './time-axis';

/** Heights of one step that begins at `at`, for drawing only; null where there is no value. */
export type TrendPoint = {
  readonly at: number;
  readonly now: number | null;
  readonly second: number | null;
  readonly before: number | null;
  readonly band: readonly [low: number, high: number] | null;
};

export type TrendProps = {
  readonly points: readonly TrendPoint[];
  readonly stepMs: number;
  /** "share" is a rate near one: its axis ends at one and begins where the lowest value needs it. */
  readonly scale: 'zero' | 'share';
  readonly tickText: (value: number) => string;
  readonly tipOf: (index: number) => ReactNode;
  readonly spokenOf: (index: number) => string;
  readonly label: string;
  /** Called with the first and last step of a brushed span. */
  readonly onZoom: (first: number, last: number) => void;
};

const LEFT_PX = 64;
const RIGHT_PX = 22;

/** A line against what it is compared with and the range of earlier spans. Drag or shift with arrows marks a span, letting go or Enter zooms. */
export function Trend({ points, stepMs, scale, tickText, tipOf, spokenOf, label, onZoom }: TrendProps) {
  const [ref, { width, height }] = useElementSize<HTMLDivElement>();
  const spokenId = useId();
  const first = points[0]?.at ?? 0;
  const end = (points.at(-1)?.at ?? 0) + stepMs;
  const plot = { left: LEFT_PX, width: width - LEFT_PX - RIGHT_PX };
  const { cursor, marked, handlers } = useSpanBrush({ count: points.length, plot, onPick: onZoom });
  const domain = domainOf(points, scale);
  return (
    <div
      ref={ref}
      className="trend-plot fill"
      role="application"
      aria-label={label}
      aria-describedby={spokenId}
      tabIndex={0}
      data-alive={width > 0 || undefined}
      {...handlers}
    >
      {width > 0 && height > 0 && (
        <ComposedChart
          width={width}
          height={height}
          data={points as TrendPoint[]}
          margin={{ top: 14, right: RIGHT_PX, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
          <XAxis
            dataKey="at"
            type="number"
            domain={[first, end]}
            ticks={timeTicks(first, end, width < 520 ? 4 : 9)}
            tickFormatter={(at: number) => timeTickText(at, end - first)}
            tick={{ fontSize: 12, fill: 'var(--text-3)' }}
            tickSize={4}
            axisLine={{ stroke: 'var(--line-strong)' }}
            tickLine={{ stroke: 'var(--line-strong)' }}
            interval="preserveStartEnd"
            height={26}
          />
          <YAxis
            width={LEFT_PX}
            domain={domain}
            ticks={[0, 0.25, 0.5, 0.75, 1].map((share) => domain[0] + share * (domain[1] - domain[0]))}
            tickFormatter={tickText}
            tick={{ fontSize: 12, fill: 'var(--text-3)' }}
            axisLine={false}
            tickLine={false}
          />
          <Area dataKey="band" stroke="none" fill="var(--chart-band)" fillOpacity={1} isAnimationActive={false} activeDot={false} />
          <Line dataKey="before" stroke="var(--chart-compare)" strokeWidth={1} dot={false} activeDot={false} isAnimationActive={false} />
          <Line
            dataKey="second"
            stroke="var(--cat-3)"
            strokeWidth={1.5}
            strokeDasharray="5 3"
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
          <Line
            dataKey="now"
            stroke="var(--chart-line)"
            strokeWidth={1.5}
            strokeLinejoin="round"
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
          {marked && (
            <ReferenceArea
              x1={points[marked[0]]?.at ?? first}
              x2={(points[marked[1]]?.at ?? first) + stepMs}
              fill="var(--text-1)"
              fillOpacity={0.1}
              stroke="var(--text-1)"
            />
          )}
          {cursor !== null && <ReferenceLine x={points[cursor]?.at ?? first} stroke="var(--line-strong)" />}
        </ComposedChart>
      )}
      {cursor !== null && width > 0 && (
        <div className="trend-tip" style={beside(cursor, { count: points.length, left: LEFT_PX, right: RIGHT_PX, width })}>
          {tipOf(cursor)}
        </div>
      )}
      <span id={spokenId} role="status" className="sr-only">
        {cursor === null ? '' : `${toBusinessText(new Date(points[cursor]?.at ?? 0)).slice(0, 16)} ${spokenOf(cursor)}`}
      </span>
    </div>
  );
}

function domainOf(points: readonly TrendPoint[], scale: TrendProps['scale']): [number, number] {
  const values = points
    .flatMap((point) => [point.now, point.second, point.before, ...(point.band ?? [])])
    .filter((value) => value !== null);
  if (scale === 'zero') return [0, niceCeiling(values.reduce((a, b) => Math.max(a, b), 0))];
  const low = values.reduce((a, b) => Math.min(a, b), 1);
  const floor = [0.999, 0.99, 0.98, 0.96, 0.9, 0.8, 0.6, 0].find((step) => step <= low) ?? 0;
  return [floor, 1];
}
