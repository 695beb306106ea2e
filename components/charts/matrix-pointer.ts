'use client';

import { type PointerEvent, useRef } from 'react';
import { type Cell, type Selection, spanned } from '@/domain/flows/selection';
import { cellAt, type MatrixLayout, xOf, yOf } from './matrix-layout';

const HANDLE_PX = 8;
const DRAG_PX = 4;

type Drag = { readonly anchor: Cell; readonly x: number; readonly y: number; moved: boolean };

/**
 * Pointer on the matrix: hover moves the crosshair, a drag brushes, a drag from a corner of the brush resizes it, a press on a cell selects
 * that cell, shift and press extends to it. `onDraft` follows the brush while it is being drawn; `onSelect` gets it when it is done.
 */
export function useMatrixPointer(
  layout: MatrixLayout,
  {
    selection,
    cross,
    setCross,
    onDraft,
    onSelect,
  }: {
    selection: Selection | undefined;
    cross: Cell | undefined;
    setCross: (cell: Cell | undefined) => void;
    onDraft: (selection: Selection | undefined) => void;
    onSelect: (selection: Selection | undefined) => void;
  },
) {
  const drag = useRef<Drag | null>(null);
  const pointOf = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const end = () => {
    drag.current = null;
    onDraft(undefined);
  };
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      const point = pointOf(event);
      const corner = selection && oppositeCorner(layout, selection, point);
      const cell = cellAt(layout, point, corner !== undefined);
      if (!cell) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const held = event.shiftKey ? (selection ? { r: selection.r0, c: selection.c0 } : cross) : undefined;
      const anchor = corner ?? held;
      drag.current = { anchor: anchor ?? cell, ...point, moved: anchor !== undefined };
      setCross(cell);
      if (anchor) onDraft(spanned(anchor, cell));
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const point = pointOf(event);
      const held = drag.current;
      const cell = cellAt(layout, point, held !== null);
      setCross(cell);
      if (!held || !cell) return;
      held.moved ||= Math.hypot(point.x - held.x, point.y - held.y) > DRAG_PX;
      if (held.moved) onDraft(spanned(held.anchor, cell));
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      const held = drag.current;
      const cell = held && cellAt(layout, pointOf(event), true);
      end();
      if (cell) onSelect(held.moved ? spanned(held.anchor, cell) : spanned(cell, cell));
    },
    onPointerCancel: end,
    onPointerLeave() {
      if (!drag.current) setCross(undefined);
    },
  };
}

/** The cell at the corner that stays while the corner under `point` is dragged; undefined where no handle is near. */
function oppositeCorner(layout: MatrixLayout, { r0, r1, c0, c1 }: Selection, point: { x: number; y: number }): Cell | undefined {
  for (const [r, c, stayR, stayC] of [
    [r0, c0, r1, c1],
    [r0, c1 + 1, r1, c0],
    [r1 + 1, c0, r0, c1],
    [r1 + 1, c1 + 1, r0, c0],
  ] as const)
    if (Math.abs(xOf(layout, c) - point.x) <= HANDLE_PX && Math.abs(yOf(layout, r) - point.y) <= HANDLE_PX && (r1 > r0 || c1 > c0))
      return { r: stayR, c: stayC };
  return undefined;
}
