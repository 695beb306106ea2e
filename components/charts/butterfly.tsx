'use client';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useId, useState } from 'react';
import { formatRange, toBusinessText } from '@/domain/time-range';
import { useElementSize } from './element-size';

/** One bucket: shares of the largest bucket, 0 … 1, and the sentence that says it exactly. */
export type ButterflyBar = { readonly at: number; readonly out: number; readonly in: number; readonly title: string };

const DAY_MS = 86_400_000;
const LEFT_PX = 52;
const RIGHT_PX = 16;

/**
 * Taken in above the line, paid out below it, on one scale. One tab stop: arrow keys walk the bars, Enter opens a bar's rows.
 * `ceiling` is how the scale's end is to be read; `rowsHref` is the address of the rows with `range=` still to be added.
 */
export function Butterfly({
  bars,
  bucketMs,
  ceiling,
  rowsHref,
  rowsEnd,
  summary,
}: {
  bars: readonly ButterflyBar[];
  bucketMs: number;
  ceiling: string;
  rowsHref: string;
  /** Rows of the bucket that is still filling end here. */
  rowsEnd: number;
  summary: string;
}) {
  const [ref, { width, height }] = useElementSize<HTMLDivElement>();
  const [active, setActive] = useState<number | null>(null);
  const router = useRouter();
  const statusId = useId();
  const open = (i: number) => {
    const bar = bars[i];
    if (!bar) return;
    const to = Math.min(bar.at + bucketMs, Math.max(rowsEnd, bar.at + 1000));
    const range = formatRange({ from: new Date(bar.at), to: new Date(to) });
    router.push(`${rowsHref}${rowsHref.includes('?') ? '&' : '?'}range=${encodeURIComponent(range)}`);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step !== undefined && bars.length > 0) {
      event.preventDefault();
      setActive(Math.max(0, Math.min(bars.length - 1, active === null ? (step > 0 ? 0 : bars.length - 1) : active + step)));
    }
    if (event.key === 'Enter' && active !== null) open(active);
    if (event.key === 'Escape') setActive(null);
  };
  const plot = Math.max(0, width - LEFT_PX - RIGHT_PX);
  const pitch = bars.length > 0 ? plot / bars.length : plot;
  const half = Math.max(0, (height - 24 - 8) / 2);
  const middle = 8 + half;
  const x = (i: number) => LEFT_PX + i * pitch;
  const labelEvery = Math.max(1, Math.ceil(bars.length / Math.max(1, Math.floor(plot / 74))));
  return (
    <div ref={ref} className="absolute inset-0">
      {width > 0 && height > 0 ? (
        <svg
          width={width}
          height={height}
          role="application"
          aria-label={summary}
          aria-describedby={statusId}
          tabIndex={0}
          className="cursor-pointer"
          onKeyDown={onKeyDown}
          onBlur={() => setActive(null)}
          onPointerMove={(event) => {
            const i = Math.floor((event.clientX - event.currentTarget.getBoundingClientRect().left - LEFT_PX) / pitch);
            setActive(i >= 0 && i < bars.length ? i : null);
          }}
          onPointerLeave={() => setActive(null)}
          onClick={() => active !== null && open(active)}
        >
          <title>{active === null ? summary : bars[active]?.title}</title>
          {[-1, 1].map((side) => (
            <g key={side}>
              <path d={`M${LEFT_PX} ${middle - side * half}H${width - RIGHT_PX}`} stroke="var(--chart-grid)" />
              <text x={LEFT_PX - 8} y={middle - side * half + (side === 1 ? 9 : 0)} textAnchor="end">
                {ceiling}
              </text>
            </g>
          ))}
          <text x={LEFT_PX - 8} y={middle + 4} textAnchor="end">
            0
          </text>
          {active !== null ? <rect x={x(active)} y={8} width={pitch} height={half * 2} fill="var(--surface-hover)" /> : null}
          {bars.map((bar, i) => (
            <g key={bar.at}>
              <rect
                x={x(i) + pitch * 0.12}
                y={middle - bar.in * half}
                width={pitch * 0.76}
                height={bar.in * half}
                fill="var(--direction-in)"
              />
              <rect x={x(i) + pitch * 0.12} y={middle} width={pitch * 0.76} height={bar.out * half} fill="var(--direction-out)" />
              {i % labelEvery === 0 ? (
                <text x={x(i) + pitch / 2} y={height - 5} textAnchor="middle">
                  {label(bar.at, bucketMs)}
                </text>
              ) : null}
            </g>
          ))}
          <path d={`M${LEFT_PX} ${middle}H${width - RIGHT_PX}`} stroke="var(--line-strong)" />
        </svg>
      ) : null}
      <span id={statusId} role="status" className="sr-only">
        {active === null ? '' : bars[active]?.title}
      </span>
    </div>
  );
}

function label(at: number, bucketMs: number): string {
  const text = toBusinessText(new Date(at));
  return bucketMs >= DAY_MS || text.endsWith('00:00:00') ? text.slice(5, 10) : text.slice(11, 16);
}
