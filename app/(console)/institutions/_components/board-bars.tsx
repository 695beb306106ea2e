'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { barLook, parseStateBars, type StateBar } from '@/domain/connectivity/state-bar';
import { toBusinessText } from '@/domain/time-range';
import type { BoardWire } from './board-wire';

const HEIGHT_PX = 22;
type Axis = BoardWire['axis'];

/** States of each bucket as bars on the axis that all rows share. `cursor` is the bar that mouse or keyboard is on, in any row. */
export function BoardBars({
  bars,
  knownFrom,
  axis,
  targetPpm,
  areaPx,
  cursor,
  label,
}: {
  bars: string;
  knownFrom: number | null;
  axis: Axis;
  targetPpm: number;
  areaPx: number;
  cursor: number | null;
  label: string;
}) {
  const paths = useMemo(() => barPaths({ bars, knownFrom, axis, targetPpm, areaPx }), [bars, knownFrom, axis, targetPpm, areaPx]);
  const pitch = areaPx / Math.max(1, axis.bars);
  return (
    <svg width={areaPx} height={HEIGHT_PX} role="img" aria-label={label} className="ib-bars">
      {cursor === null ? null : <rect x={cursor * pitch} width={pitch} height={HEIGHT_PX} fill="var(--surface-well)" />}
      <path d={paths.none} fill="var(--line-strong)" />
      <path d={paths.well} fill="var(--state-up)" />
      <path d={paths.planned} fill="none" stroke="var(--text-3)" strokeWidth={1} />
      <path d={paths.troubled} fill="var(--ib-partly)" />
      <path d={paths.silent} fill="var(--state-silent)" />
      <path d={paths.beyond} fill="var(--severity-critical)" />
      {cursor === null ? null : (
        <path d={`M${(cursor + 0.5) * pitch - 0.5} 0v2M${(cursor + 0.5) * pitch - 0.5} ${HEIGHT_PX - 2}v2`} stroke="var(--text-1)" />
      )}
    </svg>
  );
}

function barPaths({ bars, knownFrom, axis, targetPpm, areaPx }: Omit<Parameters<typeof BoardBars>[0], 'cursor' | 'label'>) {
  const pitch = areaPx / Math.max(1, axis.bars);
  const width = Math.max(1, pitch - (pitch > 3 ? 1 : 0.4));
  const known = parseStateBars(bars);
  const paths = { none: '', well: '', planned: '', troubled: '', silent: '', beyond: '' };
  const rect = (position: number, top: number, height: number) =>
    `M${(position * pitch).toFixed(1)} ${top.toFixed(1)}h${width.toFixed(1)}v${height.toFixed(1)}h${(-width).toFixed(1)}z`;
  const bucketS = axis.bucketMs / 1000;
  for (let position = 0; position < axis.bars; position++) {
    if (axis.from + position * axis.bucketMs >= axis.until) break;
    const look =
      knownFrom === null || position < knownFrom ? ({ kind: 'none' } as const) : barLook(known.get(position), { bucketS, targetPpm });
    if (look.kind === 'none') paths.none += `M${(position * pitch + width / 2 - 0.75).toFixed(1)} ${HEIGHT_PX / 2 - 0.75}h1.5v1.5h-1.5z`;
    else if (look.kind === 'planned')
      paths.planned += `M${(position * pitch + 0.5).toFixed(1)} 1.5h${(width - 1).toFixed(1)}v${HEIGHT_PX - 3}h${(1 - width).toFixed(1)}z`;
    else if (look.kind === 'beyond') paths.beyond += rect(position, 1, HEIGHT_PX - 2);
    else paths.well += rect(position, 1, HEIGHT_PX - 2);
    if (look.kind !== 'partly') continue;
    const scale = (share: number) => (share > 0 ? Math.max(4, Math.min(1, share) * (HEIGHT_PX - 4)) : 0);
    const [troubled, silent] = [scale(look.troubled), scale(look.silent)];
    if (troubled > 0) paths.troubled += rect(position, HEIGHT_PX - 1 - troubled, troubled);
    if (silent > 0) paths.silent += rect(position, HEIGHT_PX - 1 - Math.min(troubled, HEIGHT_PX - 2 - silent) - silent, silent);
  }
  return paths;
}

/** "11-23 18:00: down 3 min, planned 2 h", or that it was up or not measured. */
export function useBarText(axis: Axis): (bars: string, knownFrom: number | null, position: number) => string {
  const t = useTranslations('institutions');
  return (bars, knownFrom, position) => {
    const at = toBusinessText(new Date(axis.from + position * axis.bucketMs));
    const from = axis.bucketMs >= 86_400_000 ? at.slice(5, 10) : at.slice(5, 16);
    if (knownFrom === null || position < knownFrom) return t('bar.none', { from });
    const bar = parseStateBars(bars).get(position);
    if (!bar) return t('bar.up', { from });
    const parts = (['down', 'silent', 'degraded', 'planned', 'unknown'] as const satisfies readonly (keyof StateBar)[])
      .filter((state) => bar[state] > 0)
      .map((state) => t('bar.part', { state: t(`states.${state}`), time: shortTime(t, bar[state]) }));
    return t('bar.text', { from, parts: parts.join(t('bar.join')) });
  };
}

export function shortTime(t: ReturnType<typeof useTranslations<'institutions'>>, seconds: number): string {
  if (seconds < 60) return t('bar.seconds', { count: seconds });
  if (seconds < 3_600) return t('bar.minutes', { count: Math.round(seconds / 60) });
  return t('bar.hours', { count: Math.round(seconds / 360) / 10 });
}

/** The axis of all rows' bars, for the header: round times, and where the data ends. */
export function BarAxis({ axis, areaPx, cursor }: { axis: Axis; areaPx: number; cursor: number | null }) {
  const pitch = areaPx / Math.max(1, axis.bars);
  const byDay = axis.bucketMs >= 21_600_000;
  const text = (at: number) => toBusinessText(new Date(at)).slice(...(byDay ? ([5, 10] as const) : ([11, 16] as const)));
  const least = Math.ceil(52 / pitch);
  let last = Number.NEGATIVE_INFINITY;
  const marks = Array.from({ length: axis.bars }, (_, position) => position).filter((position) => {
    const hour = Number(toBusinessText(new Date(axis.from + position * axis.bucketMs)).slice(11, 13));
    const round = byDay ? hour === 0 : hour % 6 === 0;
    if (!round || position - last < least || position * pitch > areaPx - 100) return false;
    last = position;
    return true;
  });
  const end = text(byDay ? axis.until - 1 : axis.until);
  return (
    <svg width={areaPx} height={32} aria-hidden="true" className="ib-axis">
      {marks.map((position) => (
        <g key={position}>
          <path d={`M${position * pitch + 0.5} 25v5`} stroke="var(--line-strong)" />
          <text x={position * pitch} y={22}>
            {text(axis.from + position * axis.bucketMs)}
          </text>
        </g>
      ))}
      <path d={`M${areaPx - 1} 25v5`} stroke="var(--line-strong)" />
      <text x={areaPx} y={22} textAnchor="end" style={{ fill: 'var(--text-1)' }}>
        {end}
      </text>
      {cursor === null ? null : <path d={`M${(cursor + 0.5) * pitch - 4} 26l4 5 4-5z`} fill="var(--text-1)" />}
    </svg>
  );
}
