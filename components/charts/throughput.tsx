'use client';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useId, useState } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, ReferenceArea, ReferenceDot, ReferenceLine, XAxis, YAxis } from 'recharts';
import type { Excursion } from '@/domain/overview/excursion';
import { formatRange, toBusinessText } from '@/domain/time-range';
import { useElementSize } from './element-size';

/** Payments a second over one step that begins at `at`; null where it is not known. */
export type ThroughputPoint = {
  readonly at: number;
  readonly now: number | null;
  readonly before: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const NARROW_PX = 460;

/**
 * Throughput against what is usual. Drag, or shift and the arrow keys, marks a span; letting go, or Enter, opens the flows of that span.
 * `flowsHref` is the address of the flows page with `range=` still to be added.
 */
export function Throughput({
  points,
  stepMs,
  excursion,
  excursionLabel,
  dataAt,
  labels,
  flowsHref,
  summary,
  textPx = 12,
}: {
  points: readonly ThroughputPoint[];
  stepMs: number;
  excursion: Excursion | null;
  excursionLabel: string;
  /** Where the data ends: what the axis calls the present. */
  dataAt: number;
  labels: { now: string; before: string; band: string; unit: string };
  flowsHref: string;
  summary: string;
  /** Size of the words: larger on a wall. */
  textPx?: number;
}) {
  const [ref, size] = useElementSize<HTMLDivElement>();
  const [cursor, setCursor] = useState<number | null>(null);
  const [anchor, setAnchor] = useState<number | null>(null);
  const router = useRouter();
  const statusId = useId();
  const point = cursor === null ? undefined : points[cursor];

  const open = (a: number, b: number) => {
    const [from, to] = [points[Math.min(a, b)], points[Math.max(a, b)]];
    if (!from || !to) return;
    const range = formatRange({ from: new Date(from.at), to: new Date(to.at + stepMs) });
    router.push(`${flowsHref}${flowsHref.includes('?') ? '&' : '?'}range=${encodeURIComponent(range)}`);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, PageDown: 12, PageUp: -12 }[event.key];
    if (step !== undefined && points.length > 0) {
      event.preventDefault();
      const here = cursor ?? (step > 0 ? -1 : points.length);
      const next = Math.max(0, Math.min(points.length - 1, here + step));
      if (event.shiftKey) setAnchor(anchor ?? cursor ?? next);
      else setAnchor(null);
      setCursor(next);
    }
    if (event.key === 'Enter' && cursor !== null) open(anchor ?? cursor, cursor);
    if (event.key === 'Escape') {
      setCursor(null);
      setAnchor(null);
    }
  };
  const indexOf = (state: { activeTooltipIndex?: number | string | null }) =>
    state.activeTooltipIndex === null || state.activeTooltipIndex === undefined ? null : Number(state.activeTooltipIndex);
  const marked = anchor !== null && cursor !== null && anchor !== cursor ? [Math.min(anchor, cursor), Math.max(anchor, cursor)] : null;
  const narrow = size.width < NARROW_PX;
  const ceiling = niceCeiling(points);
  const last = points.findLast((p) => p.now !== null);
  const first = points[0]?.at ?? 0;
  const end = (points.at(-1)?.at ?? 0) + stepMs;

  return (
    <div
      ref={ref}
      className="absolute inset-0 select-none"
      role="application"
      aria-label={summary}
      aria-describedby={statusId}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a drawing with arrow keys inside is one tab stop.
      tabIndex={0}
      onKeyDown={onKeyDown}
      onBlur={() => {
        setCursor(null);
        setAnchor(null);
      }}
    >
      {size.width > 0 && size.height > 0 ? (
        <ComposedChart
          width={size.width}
          height={size.height}
          data={points.map((p) => ({ ...p, band: p.low === null || p.high === null ? null : [p.low, p.high] }))}
          margin={{ top: textPx * 1.5, right: 16, bottom: 0, left: 0 }}
          accessibilityLayer={false}
          onMouseMove={(state) => setCursor(indexOf(state))}
          onMouseLeave={() => {
            setCursor(null);
            setAnchor(null);
          }}
          onMouseDown={(state) => setAnchor(indexOf(state))}
          onMouseUp={(state) => {
            const here = indexOf(state);
            if (anchor !== null && here !== null && here !== anchor) open(anchor, here);
            setAnchor(null);
          }}
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
                text={clockLabel(props.payload.value === last?.at ? Math.min(dataAt, end) : props.payload.value, end - first)}
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
            width={(52 * textPx) / 12}
            domain={[0, ceiling]}
            ticks={[0, 0.25, 0.5, 0.75, 1].map((share) => share * ceiling)}
            tick={(props: TickProps) => <ValueTick {...props} textPx={textPx} text={tickText(props.payload.value, ceiling)} />}
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
              x1={points[marked[0] as number]?.at}
              x2={(points[marked[1] as number]?.at ?? 0) + stepMs}
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
      {point ? (
        <div
          className="pointer-events-none absolute top-0 whitespace-nowrap rounded-[var(--radius-control)] bg-[var(--surface-float)] px-2 py-1 text-[12px] leading-4 shadow-[var(--shadow-float)]"
          style={
            (cursor ?? 0) > points.length / 2
              ? { right: size.width - 52 - ((size.width - 68) * (cursor ?? 0)) / points.length + 10 }
              : { left: 52 + ((size.width - 68) * (cursor ?? 0)) / points.length + 10 }
          }
        >
          <Readout point={point} stepMs={stepMs} labels={labels} />
        </div>
      ) : null}
      <span id={statusId} role="status" className="sr-only">
        {point ? `${toBusinessText(new Date(point.at))} ${labels.now} ${point.now?.toFixed(2) ?? '—'} ${labels.unit}` : ''}
      </span>
    </div>
  );
}

function Readout({
  point,
  stepMs,
  labels,
}: {
  point: ThroughputPoint;
  stepMs: number;
  labels: { now: string; before: string; band: string; unit: string };
}) {
  const value = (number: number | null) => (number === null ? '—' : `${number.toFixed(number < 100 ? 2 : 0)}`);
  const rows = [
    [labels.now, value(point.now)],
    ...(point.before === null ? [] : [[labels.before, value(point.before)]]),
    ...(point.low === null ? [] : [[labels.band, `${value(point.low)}–${value(point.high)}`]]),
  ];
  return (
    <>
      <div className="text-[var(--text-2)]">
        {toBusinessText(new Date(point.at)).slice(5, 16)}–{toBusinessText(new Date(point.at + stepMs)).slice(11, 16)}
      </div>
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

/** Severity diamond on its line, with the sentence to the side that has room; where neither has, it is told on hover and in the table. */
function ExcursionMark({ x, y, width, text, textPx }: { x: number; y: number; width: number; text: string; textPx: number }) {
  const left = x > width / 2;
  const room = (left ? x : width - x) - 9;
  return (
    <g transform={`translate(${x} ${y})`}>
      <title>{text}</title>
      <path d="M0-10.8L4.8-6 0-1.2-4.8-6z" fill="var(--severity-major)" stroke="var(--severity-major-text)" strokeWidth="1.1" />
      {textWidth(text) * textPx <= room ? (
        <text x={left ? -9 : 9} y={-2} textAnchor={left ? 'end' : 'start'} style={{ fill: 'var(--text-2)', fontSize: textPx }}>
          {text}
        </text>
      ) : null}
    </g>
  );
}

/** About how wide a text is, in ems: Han characters and full-width marks are one each, others somewhat more than half. */
function textWidth(text: string): number {
  return [...text].reduce((sum, char) => sum + (/[\u2e80-\uffef]/.test(char) ? 1 : 0.56), 0);
}

type TickProps = { x: number | string; y: number | string; payload: { value: number } };

function ValueTick({ x, y, text, textPx }: TickProps & { text: string; textPx: number }) {
  return (
    <text x={x} y={Number(y) + textPx / 3} textAnchor="end" style={{ fontSize: textPx, fill: 'var(--text-3)' }}>
      {text}
    </text>
  );
}

/** Dates and the present stand out from the hours. */
function ClockTick({ x, y, text, textPx, lit }: TickProps & { text: string; textPx: number; lit: boolean }) {
  return (
    <text
      x={x}
      y={Number(y) + textPx}
      textAnchor={lit ? 'end' : 'middle'}
      style={{ fontSize: textPx, fill: lit || text.includes('-') ? 'var(--text-1)' : 'var(--text-3)' }}
    >
      {text}
    </text>
  );
}

/** Round times of day that divide the span into three to nine parts. */
function clockTicks(from: number, to: number, narrow: boolean, last: number | undefined): number[] {
  const steps = [0.25, 0.5, 1, 3, 6, 12, 24, 48, 96, 168, 336, 720].map((hours) => hours * HOUR_MS);
  const step = steps.find((candidate) => (to - from) / candidate <= (narrow ? 4 : 9)) ?? 30 * DAY_MS;
  const offset = 8 * HOUR_MS;
  const ticks = [];
  for (let at = Math.ceil((from + offset) / step) * step - offset; at <= to - step / 4; at += step) ticks.push(at);
  // The present closes the axis; a round time too near to it makes room.
  const room = ((to - from) / 100) * (narrow ? 16 : 7);
  return last === undefined ? ticks : [...ticks.filter((at) => Math.abs(last - at) > room), last];
}

/** Midnight, and anything on a scale of days, is a date; the rest is a time. */
function clockLabel(at: number, span: number): string {
  const text = toBusinessText(new Date(at));
  return span > 3 * DAY_MS || text.endsWith('00:00:00') ? text.slice(5, 10) : text.slice(11, 16);
}

function niceCeiling(points: readonly ThroughputPoint[]): number {
  const top = Math.max(0, ...points.flatMap((p) => [p.now ?? 0, p.before ?? 0, p.high ?? 0]));
  if (top === 0) return 1;
  const unit = 10 ** Math.floor(Math.log10(top));
  return ([1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].find((step) => step * unit >= top) ?? 10) * unit;
}

function tickText(value: number, ceiling: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: ceiling < 4 ? 2 : ceiling < 20 ? 1 : 0 });
}
