'use client';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, type PointerEvent, useId, useState } from 'react';
import { STATE_SHAPES, type StateName } from '@/components/glyphs/state-glyph';

export type MosaicCell = { readonly key: string; readonly state: StateName; readonly title: string; readonly href: string };

/** How many columns, and how large a cell, fill a box with the given number of cells in each group. Pure; pitch 4 … 24 px. */
export function mosaicPitch(input: { counts: readonly number[]; width: number; height: number; perGroupPx: number }): {
  pitch: number;
  columns: number;
} {
  const { counts, width, height, perGroupPx } = input;
  const needed = (pitch: number) => {
    const columns = Math.max(1, Math.floor(width / pitch));
    return counts.reduce((sum, count) => sum + Math.ceil(count / columns) * pitch + perGroupPx, 0);
  };
  let pitch = 24;
  while (pitch > 4 && needed(pitch) > height) pitch -= 0.25;
  const columns = Math.max(1, Math.floor(width / pitch));
  return { pitch: Math.min(pitch * 1.04, Math.floor((width / columns) * 10) / 10), columns };
}

/**
 * One square per institution in a fixed order. The many that are well are one pale path; only the others carry colour, and a shape that
 * reads without it. One tab stop: arrow keys walk the cells, Enter opens one. `flow` is the direction in which cells are laid.
 */
export function Mosaic({
  cells,
  lines,
  pitch,
  flow = 'rows',
  label,
}: {
  cells: readonly MosaicCell[];
  /** Cells per line: per row where the flow is rows, per column where it is columns. */
  lines: number;
  pitch: number;
  flow?: 'rows' | 'columns';
  label: string;
}) {
  const router = useRouter();
  const statusId = useId();
  const [active, setActive] = useState<number | null>(null);
  const gap = pitch >= 10 ? 2 : pitch >= 6 ? 1.5 : 1;
  const side = pitch - gap;
  const across = Math.ceil(cells.length / lines);
  const [columns, rows] = flow === 'rows' ? [Math.min(lines, cells.length), across] : [across, Math.min(lines, cells.length)];
  const at = (i: number) =>
    flow === 'rows'
      ? { x: (i % lines) * pitch, y: Math.floor(i / lines) * pitch }
      : { x: Math.floor(i / lines) * pitch, y: (i % lines) * pitch };
  const well = cells
    .flatMap((cell, i) => (cell.state === 'up' ? [at(i)] : []))
    .map(({ x, y }) => `M${x} ${y}h${side}v${side}h${-side}z`)
    .join('');
  const hit = (event: PointerEvent<SVGSVGElement>): number | null => {
    const bounds = event.currentTarget.getBoundingClientRect();
    const [column, row] = [Math.floor((event.clientX - bounds.left) / pitch), Math.floor((event.clientY - bounds.top) / pitch)];
    if (column < 0 || row < 0 || column >= columns || row >= rows) return null;
    const i = flow === 'rows' ? row * lines + column : column * lines + row;
    return i < cells.length ? i : null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const [along, over] = flow === 'rows' ? [1, lines] : [lines, 1];
    const step = { ArrowRight: along, ArrowLeft: -along, ArrowDown: over, ArrowUp: -over }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = active === null ? 0 : active + step;
      if (next >= 0 && next < cells.length) setActive(next);
    }
    const cell = active === null ? undefined : cells[active];
    if (event.key === 'Enter' && cell) router.push(cell.href);
    if (event.key === 'Escape') setActive(null);
  };
  const lit = active === null ? null : { ...at(active), cell: cells[active] };
  return (
    <>
      <svg
        width={columns * pitch}
        height={rows * pitch - gap}
        role="application"
        aria-label={label}
        aria-describedby={statusId}
        tabIndex={0}
        className="cursor-pointer overflow-visible"
        onKeyDown={onKeyDown}
        onBlur={() => setActive(null)}
        onPointerMove={(event) => setActive(hit(event))}
        onPointerLeave={() => setActive(null)}
        onClick={() => {
          const cell = active === null ? undefined : cells[active];
          if (cell) router.push(cell.href);
        }}
      >
        <title>{lit?.cell?.title ?? label}</title>
        <rect width={columns * pitch} height={rows * pitch} fill="transparent" />
        <path d={well} fill="var(--state-up)" />
        {cells.map((cell, i) =>
          cell.state === 'up' ? null : (
            <g key={cell.key} transform={`translate(${at(i).x - side / 10} ${at(i).y - side / 10}) scale(${side / 10})`}>
              {STATE_SHAPES[cell.state]}
            </g>
          ),
        )}
        {lit ? (
          <rect
            x={lit.x - 1}
            y={lit.y - 1}
            width={side + 2}
            height={side + 2}
            rx={1.5}
            fill="none"
            stroke="var(--text-1)"
            strokeWidth={1.5}
          />
        ) : null}
      </svg>
      <span id={statusId} role="status" className="sr-only">
        {lit?.cell?.title ?? ''}
      </span>
    </>
  );
}
