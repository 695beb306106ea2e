'use client';

import type { ReactNode } from 'react';
import { formatCount } from '@/domain/format/count';
import { useElementSize } from './element-size';
import { ticksBetween, timeSteps } from './leg-timeline-scale';

/** One party's line. `note` stands on the line of a party without a record. */
export type TimelineLane = {
  readonly id: string;
  readonly name: string;
  /** Empty where the name says it. */
  readonly role: string;
  readonly note: string | null;
};
/** Work inside a party. All times are ms since acceptance. */
export type TimelineBar = { readonly lane: string; readonly from: number; readonly to: number; readonly own: boolean };
export type TimelineHop = {
  readonly from: string;
  readonly to: string;
  readonly left: number;
  readonly arrived: number;
  readonly certain: boolean;
};
export type TimelineBreak = { readonly lane: string; readonly severity: 'critical' | 'major'; readonly text: string };
type LegTimelineProps = {
  readonly lanes: readonly TimelineLane[];
  readonly bars: readonly TimelineBar[];
  readonly hops: readonly TimelineHop[];
  readonly breaks: readonly TimelineBreak[];
  /** When the answer came, or null. */
  readonly end: number | null;
};

const TOP = 8;
const BOTTOM = 26;
const BAR = 14;

/** Where a payment was at each moment: a line for each party, bars of work, arrows between them, diamonds where records break. */
export function LegTimeline({ lanes, bars, hops, breaks, end }: LegTimelineProps) {
  const [box, { width, height }] = useElementSize<HTMLDivElement>();
  return (
    <div ref={box} className="leg-timeline">
      {width > 0 && height > 0 ? <Picture {...{ lanes, bars, hops, breaks, end, width, height }} /> : null}
    </div>
  );
}

function Picture({
  lanes,
  bars,
  hops,
  breaks,
  end,
  width,
  height,
}: LegTimelineProps & { readonly width: number; readonly height: number }) {
  const narrow = width < 560;
  const left = narrow ? 92 : 134;
  const right = 28;
  const first = Math.min(0, ...bars.map(({ from }) => from));
  const last = Math.max(end ?? 0, ...bars.map(({ to }) => to), first + 1);
  const span = (last - first) * 1.04;
  const x = (ms: number) => left + ((ms - first) / span) * (width - left - right);
  const lane = (height - TOP - BOTTOM) / lanes.length;
  const rank = (id: string) => lanes.findIndex((one) => one.id === id);
  const y = (id: string) => TOP + lane * (rank(id) + 0.5);
  const longest = Math.max(0, ...bars.map(({ from, to }) => to - from));
  const step = timeSteps(span, width - left - right);
  const broken = new Map(breaks.map((one) => [one.lane, one]));
  const halo = { paintOrder: 'stroke', stroke: 'var(--surface-sheet)', strokeWidth: 4 } as const;
  const hopInto = (id: string) => hops.find((hop) => hop.to === id);

  return (
    <svg width={width} height={height} aria-hidden="true">
      {ticksBetween(first, last, step).map((ms) => (
        <g key={ms}>
          <path d={`M${x(ms)} ${TOP}V${height - BOTTOM}`} stroke={ms === 0 ? 'var(--line-strong)' : 'var(--chart-grid)'} />
          {end !== null && Math.abs(x(ms) - x(end)) < 34 ? null : (
            <text x={x(ms)} y={height - 8} textAnchor="middle">
              {formatCount(ms)}
            </text>
          )}
        </g>
      ))}
      {lanes.map(({ id, name, role, note }, i) => (
        <g key={id}>
          {i > 0 ? <path d={`M16 ${TOP + lane * i}H${width - 16}`} stroke="var(--line-faint)" /> : null}
          <text x={16} y={y(id) + (role === '' ? 4 : -3)} style={{ fill: 'var(--text-1)', fontSize: 13 }}>
            {clipped(name, narrow ? 11 : 17)}
          </text>
          {role === '' ? null : (
            <text x={16} y={y(id) + 13}>
              {role}
            </text>
          )}
          <path d={`M${left} ${y(id)}H${width - right}`} stroke="var(--line)" strokeDasharray={note === null ? undefined : '2 4'} />
          {note !== null && !broken.has(id) ? (
            <text x={left + 10} y={y(id) + 4} style={halo}>
              {note}
            </text>
          ) : null}
        </g>
      ))}
      {hops.map((hop) => (
        <Arrow
          key={`${hop.from} ${hop.to} ${hop.left}`}
          x0={x(hop.left)}
          x1={x(hop.arrived)}
          y0={y(hop.from) + (rank(hop.to) > rank(hop.from) ? 7 : -7)}
          y1={y(hop.to) + (rank(hop.to) > rank(hop.from) ? -8 : 8)}
          label={hop.arrived - hop.left >= 1 ? formatCount(hop.arrived - hop.left) : null}
          broken={hopInto(hop.to) === hop ? broken.get(hop.to)?.severity : undefined}
          certain={hop.certain}
        />
      ))}
      <Bars bars={bars} longest={longest} x={x} y={y} />
      {end === null ? null : (
        <>
          <path d={`M${x(end)} ${TOP}V${height - BOTTOM}`} stroke="var(--text-2)" strokeDasharray="2 2" />
          <text x={x(end)} y={height - 8} textAnchor="middle" style={{ ...halo, strokeWidth: 6, fill: 'var(--text-1)' }}>
            {formatCount(end)}
          </text>
        </>
      )}
      {[...broken.values()].map((one) => {
        const hop = hopInto(one.lane);
        const at = hop
          ? { x: (x(hop.left) + x(hop.arrived)) / 2, y: (y(hop.from) + y(hop.to)) / 2 }
          : { x: left + 14, y: y(one.lane) - (bars.some((bar) => bar.lane === one.lane) ? 18 : 0) };
        return (
          <Broken
            key={one.lane}
            at={at}
            width={width}
            left={left}
            severity={one.severity}
            texts={breaks.filter(({ lane: id }) => id === one.lane)}
          />
        );
      })}
    </svg>
  );
}

// `most` counts Latin letters; a Chinese character is as wide as two.
function clipped(name: string, most: number): string {
  const signs = [...name];
  const width = (upTo: number) => signs.slice(0, upTo).reduce((sum, sign) => sum + (sign > '\u2e80' ? 2 : 1), 0);
  if (width(signs.length) <= most) return name;
  const kept = signs.filter((_, i) => width(i + 1) < most);
  return `${kept.join('').trimEnd()}…`;
}

type BarsProps = {
  readonly bars: readonly TimelineBar[];
  readonly longest: number;
  readonly x: (ms: number) => number;
  readonly y: (lane: string) => number;
};

function Bars({ bars, longest, x, y }: BarsProps): ReactNode {
  // Words beside thin bars are left out where they would stand on each other.
  const written: Record<string, number> = {};
  return bars.map((bar) => {
    const [from, to] = [x(bar.from), Math.max(x(bar.to), x(bar.from) + 2)];
    const middle = (from + to) / 2;
    const ms = bar.to - bar.from;
    const deep = ms === longest;
    const inside = to - from > 34;
    const room = inside || middle - (written[bar.lane] ?? Number.NEGATIVE_INFINITY) > 30;
    if (room) written[bar.lane] = middle;
    return (
      <g key={`${bar.lane} ${bar.from} ${bar.to}`}>
        <rect
          x={from}
          y={y(bar.lane) - BAR / 2}
          width={to - from}
          height={BAR}
          rx={2}
          fill={deep ? 'var(--depth-8)' : 'var(--depth-3)'}
          stroke={bar.own ? undefined : 'var(--text-3)'}
          strokeDasharray={bar.own ? undefined : '3 2'}
        />
        {room && ms >= 1 ? (
          <text
            x={middle}
            y={inside ? y(bar.lane) + 4.5 : y(bar.lane) - 12}
            textAnchor="middle"
            style={
              inside
                ? { fill: deep ? 'var(--text-on-fill)' : 'var(--text-1)', fontWeight: 500 }
                : { fill: 'var(--text-2)', paintOrder: 'stroke', stroke: 'var(--surface-sheet)', strokeWidth: 4 }
            }
          >
            {formatCount(ms)}
          </text>
        ) : null}
      </g>
    );
  });
}

type ArrowProps = {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly label: string | null;
  readonly broken: 'critical' | 'major' | undefined;
  readonly certain: boolean;
};

function Arrow({ x0, y0, x1, y1, label, broken, certain }: ArrowProps) {
  const ink = broken ? `var(--severity-${broken === 'critical' ? 'critical' : 'major-text'})` : 'var(--text-3)';
  const back = y1 > y0 ? -5 : 5;
  return (
    <g fill="none" stroke={ink}>
      <path d={`M${x0} ${y0}L${x1} ${y1}`} strokeWidth={broken ? 1.5 : 1.1} strokeDasharray={broken || !certain ? '3 2.5' : undefined} />
      <path d={`M${x1 - 3} ${y1 + back}L${x1} ${y1}L${x1 + 3} ${y1 + back}`} strokeWidth={1.1} />
      {label && !broken ? (
        <text
          x={(x0 + x1) / 2 + 9}
          y={(y0 + y1) / 2 + 4}
          style={{ stroke: 'var(--surface-sheet)', strokeWidth: 4, paintOrder: 'stroke', fill: 'var(--text-3)' }}
        >
          {label}
        </text>
      ) : null}
    </g>
  );
}

type BrokenProps = {
  readonly at: { readonly x: number; readonly y: number };
  readonly width: number;
  readonly left: number;
  readonly severity: 'critical' | 'major';
  readonly texts: readonly TimelineBreak[];
};

// The sentence goes to the side with room.
function Broken({ at, width, left, severity, texts }: BrokenProps) {
  const toLeft = at.x > left + (width - left) * 0.55;
  const words = texts.map(({ text }) => text).join(' · ');
  return (
    <g>
      <g transform={`translate(${at.x - 7} ${at.y - 7}) scale(1.18)`}>
        <path d="M6 -1.2L13.2 6 6 13.2 -1.2 6z" fill="var(--surface-sheet)" />
        {severity === 'critical' ? (
          <path d="M6 .6L11.4 6 6 11.4.6 6z" fill="var(--severity-critical)" />
        ) : (
          <>
            <path d="M6 1.2L10.8 6 6 10.8 1.2 6z" fill="var(--surface-sheet)" stroke="var(--severity-major-text)" strokeWidth={1.1} />
            <path d="M1.2 6H10.8L6 10.8z" fill="var(--severity-major)" stroke="var(--severity-major-text)" strokeWidth={1.1} />
          </>
        )}
      </g>
      <text
        x={at.x + (toLeft ? -14 : 14)}
        y={at.y + 4}
        textAnchor={toLeft ? 'end' : 'start'}
        style={{
          fill: `var(--severity-${severity}-text)`,
          fontWeight: 500,
          paintOrder: 'stroke',
          stroke: 'var(--surface-sheet)',
          strokeWidth: 4,
        }}
      >
        {words}
      </text>
    </g>
  );
}
