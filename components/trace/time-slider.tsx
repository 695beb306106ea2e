'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { formatCount } from '@/domain/format/count';
import { toBusinessText } from '@/domain/time-range';
import { useElementSize } from '../charts/element-size';

type TimeSliderProps = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly chosenFromMs: number;
  readonly chosenToMs: number;
  /** Payments of the trace in equal parts of the whole span. */
  readonly counts: readonly number[];
  readonly onChoose: (span: { fromMs: number; toMs: number } | null) => void;
};
type End = 'from' | 'to';

const SIDE = 16;
const BASE = 36;
const TALL = 22;

/** The payments of a trace over time; two handles narrow the trace to a part of it. */
export function TimeSlider({ fromMs, toMs, chosenFromMs, chosenToMs, counts, onChoose }: TimeSliderProps) {
  const t = useTranslations('trace.slider');
  const [box, { width }] = useElementSize<HTMLDivElement>();
  const [moved, setMoved] = useState<{ from: number; to: number } | null>(null);
  const held = useRef<End | null>(null);
  const bars = counts.length;
  const part = (toMs - fromMs) / bars;
  const at = moved ?? { from: Math.round((chosenFromMs - fromMs) / part), to: Math.round((chosenToMs - fromMs) / part) };
  const x = (bar: number) => SIDE + (bar / bars) * Math.max(1, width - 2 * SIDE);
  const most = Math.max(1, ...counts);
  const ms = (bar: number) => Math.round((fromMs + bar * part) / 1000) * 1000;
  const text = (bar: number) => toBusinessText(new Date(ms(bar))).slice(5, 16);
  const set = (end: End, bar: number) =>
    setMoved(() =>
      end === 'from'
        ? { from: Math.max(0, Math.min(at.to - 1, bar)), to: at.to }
        : { from: at.from, to: Math.min(bars, Math.max(at.from + 1, bar)) },
    );
  const choose = () => {
    if (!moved) return;
    setMoved(null);
    onChoose(moved.from === 0 && moved.to === bars ? null : { fromMs: ms(moved.from), toMs: moved.to === bars ? toMs : ms(moved.to) });
  };
  const drag = (event: PointerEvent<SVGSVGElement>) => {
    if (!held.current) return;
    const { left } = event.currentTarget.getBoundingClientRect();
    set(held.current, Math.round(((event.clientX - left - SIDE) / Math.max(1, width - 2 * SIDE)) * bars));
  };
  const key = (end: End) => (event: KeyboardEvent) => {
    const big = event.shiftKey ? 8 : 1;
    const step =
      event.key === 'ArrowLeft' || event.key === 'ArrowDown' ? -big : event.key === 'ArrowRight' || event.key === 'ArrowUp' ? big : 0;
    if (step !== 0) set(end, at[end] + step);
    else if (event.key === 'Home') set(end, 0);
    else if (event.key === 'End') set(end, bars);
    else if (event.key === 'Enter') choose();
    else if (event.key === 'Escape') setMoved(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const inside = counts.slice(at.from, at.to).reduce((sum, count) => sum + count, 0);
  return (
    <div ref={box} className="tr-slider">
      {width > 0 ? (
        // biome-ignore lint/a11y/useSemanticElements: a drawing with two handles is no set of form fields.
        <svg
          role="group"
          width={width}
          height={61}
          onPointerMove={drag}
          onPointerUp={() => {
            held.current = null;
            choose();
          }}
          aria-label={t('label', { count: formatCount(inside) })}
        >
          <text x={SIDE} y={14}>
            {t('events')}
          </text>
          {counts.map((count, bar) => (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place in time.
              key={bar}
              x={x(bar) + 0.5}
              y={BASE - (count === 0 ? 0 : Math.max(1.5, (count / most) * TALL))}
              width={Math.max(1, x(1) - x(0) - 1.5)}
              height={count === 0 ? 0 : Math.max(1.5, (count / most) * TALL)}
              rx={0.5}
              className={bar >= at.from && bar < at.to ? 'tr-bar in-window' : 'tr-bar'}
            />
          ))}
          <path d={`M${SIDE} ${BASE + 0.5}H${width - SIDE}`} className="tr-axis" />
          <path d={`M${x(at.from)} ${BASE + 0.5}H${x(at.to)}`} className="tr-chosen" />
          {(['from', 'to'] as const).map((end) => (
            <g
              key={end}
              className="tr-handle"
              role="slider"
              tabIndex={0}
              aria-label={t(end)}
              aria-valuemin={0}
              aria-valuemax={bars}
              aria-valuenow={at[end]}
              aria-valuetext={text(at[end])}
              onPointerDown={(event) => {
                held.current = end;
                event.currentTarget.ownerSVGElement?.setPointerCapture(event.pointerId);
              }}
              onKeyDown={key(end)}
              onBlur={choose}
            >
              <rect x={x(at[end]) - 12} y={BASE - 16} width={24} height={32} fill="transparent" />
              <rect x={x(at[end]) - 4.5} y={BASE - 8} width={9} height={17} rx={3} className="tr-grip" />
              <path d={`M${x(at[end]) - 1} ${BASE - 2.5}v6M${x(at[end]) + 1} ${BASE - 2.5}v6`} className="tr-grip-lines" />
            </g>
          ))}
          <TimeTexts {...{ width, bars, x, text, at }} until={t('until', { time: text(at.to) })} />
        </svg>
      ) : null}
    </div>
  );
}

type TimeTextsProps = {
  readonly width: number;
  readonly bars: number;
  readonly x: (bar: number) => number;
  readonly text: (bar: number) => string;
  readonly at: { readonly from: number; readonly to: number };
  readonly until: string;
};

const APART = 92;

// The chosen ends are always named; times between only where there is room.
function TimeTexts({ width, bars, x, text, at, until }: TimeTextsProps) {
  const named = [x(at.from), x(at.to)];
  const free = (place: number) => named.every((other) => Math.abs(place - other) > APART) && place > 30 && place < width - 30;
  return (
    <>
      <text x={Math.max(SIDE, Math.min(width - 2 * APART, x(at.from) - 32))} y={56} className="tr-time">
        {text(at.from)}
      </text>
      <text x={Math.min(width - SIDE, Math.max(2 * APART, x(at.to) + 44))} y={56} textAnchor="end" className="tr-time strong">
        {until}
      </text>
      {[0.25, 0.5, 0.75]
        .map((share) => Math.round(share * bars))
        .filter((bar) => free(x(bar)))
        .map((bar) => (
          <text key={bar} x={x(bar)} y={56} textAnchor="middle">
            {text(bar)}
          </text>
        ))}
    </>
  );
}
