'use client';
import { useTranslations } from 'next-intl';
import { formatCount } from '@/domain/format/count';
import { toBusinessText } from '@/domain/time-range';
import type { BoardWire, WireLine } from './board-wire';

const HEIGHT_PX = 22;
/** Technical failures beyond this share of a bar are beyond the budget, once there are enough of them to be no accident. */
const BEYOND_SHARE = 0.01;
const BEYOND_LEAST = 3;

/** Payments of each bucket as bars on the axis that all rows share, as high as this row's highest; technical failures at the foot. */
export function BoardBars({ line, axis, areaPx }: { line: WireLine; axis: BoardWire['axis']; areaPx: number }) {
  const t = useTranslations('institutions');
  const pitch = areaPx / Math.max(1, axis.bars);
  const width = Math.max(1, pitch - (pitch > 3 ? 1 : 0.4));
  const top = Math.max(1, ...line.bars.map((bar) => bar[1]));
  const held = new Set(line.bars.map((bar) => bar[0]));
  const wash = line.bars.map(([position, payments]) => {
    const height = Math.max(2, (payments / top) * (HEIGHT_PX - 2));
    return `M${(position * pitch).toFixed(1)} ${(HEIGHT_PX - 1 - height).toFixed(1)}h${width.toFixed(1)}v${height.toFixed(1)}h${(-width).toFixed(1)}z`;
  });
  const empty = Array.from({ length: axis.bars }, (_, position) => position)
    .filter((position) => !held.has(position))
    .map((position) => `M${(position * pitch + width / 2 - 0.5).toFixed(1)} ${HEIGHT_PX - 4}h1v3h-1z`);
  const failing = line.bars.filter((bar) => bar[2] > 0);
  const total = line.bars.reduce((sum, bar) => sum + bar[1], 0);
  return (
    <svg
      width={areaPx}
      height={HEIGHT_PX}
      role="img"
      aria-label={t('row.bars', { payments: formatCount(total), failed: formatCount(line.failed) })}
    >
      <path d={empty.join('')} fill="var(--line-strong)" />
      <path d={wash.join('')} fill="var(--state-up)" />
      {failing.map(([position, payments, failed]) => {
        const beyond = failed >= BEYOND_LEAST && failed / payments > BEYOND_SHARE;
        const bar = Math.max(2, (payments / top) * (HEIGHT_PX - 2));
        const height = beyond ? bar : Math.max(3, (bar * failed) / payments);
        return (
          <rect
            key={position}
            x={position * pitch}
            y={HEIGHT_PX - 1 - height}
            width={width}
            height={height}
            rx={0.5}
            fill={beyond ? 'var(--severity-critical)' : 'var(--ib-partly)'}
          >
            <title>
              {t('row.bar', {
                from: toBusinessText(new Date(axis.from + position * axis.bucketMs)).slice(5, 16),
                payments: formatCount(payments),
                failed: formatCount(failed),
              })}
            </title>
          </rect>
        );
      })}
    </svg>
  );
}

/** The axis of all rows' bars, for the header: round times, and where the data ends. */
export function BarAxis({ axis, rowsTo, areaPx }: { axis: BoardWire['axis']; rowsTo: number; areaPx: number }) {
  const pitch = areaPx / Math.max(1, axis.bars);
  const every = Math.max(1, Math.ceil((axis.bars * 60) / areaPx));
  const byDay = axis.tier === 'day';
  const text = (at: number) => toBusinessText(new Date(at)).slice(...(byDay ? ([5, 10] as const) : ([11, 16] as const)));
  const marks = Array.from({ length: axis.bars }, (_, position) => position).filter((position) => {
    const hour = Number(toBusinessText(new Date(axis.from + position * axis.bucketMs)).slice(11, 13));
    return byDay ? position % every === 0 : hour % 6 === 0;
  });
  return (
    <svg width={areaPx} height={32} aria-hidden="true" className="ib-axis">
      {marks
        .filter((position) => position * pitch < areaPx - 62)
        .map((position) => (
          <g key={position}>
            <path d={`M${position * pitch + 0.5} 25v5`} stroke="var(--line-strong)" />
            <text x={position * pitch} y={22}>
              {text(axis.from + position * axis.bucketMs)}
            </text>
          </g>
        ))}
      <path d={`M${areaPx - 1} 25v5`} stroke="var(--line-strong)" />
      <text x={areaPx} y={22} textAnchor="end" style={{ fill: 'var(--text-1)' }}>
        {text(byDay ? rowsTo - 1 : rowsTo)}
      </text>
    </svg>
  );
}
