'use client';

import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from 'react';
import { type Cell, clampSelection, type Selection, spanned } from '@/domain/flows/selection';
import { useElementSize } from './element-size';
import './matrix.css';
import { useCanvas } from './matrix-canvas';
import { drawMatrix, drawPointer, type MatrixScene } from './matrix-draw';
import { movedBy } from './matrix-keys';
import { matrixLayout, xOf, yOf } from './matrix-layout';
import { type MatrixPalette, matrixPalette, type Rgb } from './matrix-palette';
import { useMatrixPointer } from './matrix-pointer';
import { useThemeTick } from './theme-tick';

export type MatrixProps = Pick<MatrixScene, 'steps' | 'rowShares' | 'columnShares' | 'rowCumulative' | 'columnCumulative' | 'words'> & {
  readonly rows: number;
  readonly columns: number;
  /** Which colours the steps index. */
  readonly coloursOf: (palette: MatrixPalette) => readonly Rgb[];
  readonly selection: Selection | undefined;
  /** The selection when it is done: a drag ended, a key pressed. Undefined clears it. */
  readonly onSelect: (selection: Selection | undefined) => void;
  /** The block while a drag is under way, held by the parent so that totals follow the pointer. */
  readonly draft: Selection | undefined;
  readonly onDraft: (selection: Selection | undefined) => void;
  readonly onOpen: (cell: Cell) => void;
  readonly namesOf: (cell: Cell) => { payer: string; payee: string };
  readonly tipOf: (cell: Cell) => ReactNode;
  /** What a screen reader hears of the cell under the crosshair. */
  readonly spokenOf: (cell: Cell) => string;
  readonly label: string;
  readonly keysHint: string;
};

const TIP_PX = { width: 232, height: 112 };

/** Heatmap of payers × payees with crosshair and brush; fills its container, which must have a height. */
export function Matrix(props: MatrixProps) {
  const { rows, columns, steps, rowShares, columnShares, rowCumulative, columnCumulative, words, coloursOf, onSelect, onOpen } = props;
  const [frame, { width, height }] = useElementSize<HTMLDivElement>();
  const base = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  const hintId = useId();
  const tick = useThemeTick();
  const [cross, setCross] = useState<Cell | undefined>();
  const [byKey, setByKey] = useState(false);
  const anchor = useRef<Cell | undefined>(undefined);
  const selection = clampSelection(props.selection, { rows, columns });
  const layout = useMemo(() => matrixLayout({ width, height, rows, columns }), [width, height, rows, columns]);
  // The tick is what says that the variables mean other colours now.
  const palette = useMemo(() => (width > 0 && tick >= 0 && frame.current ? matrixPalette(frame.current) : undefined), [width, tick, frame]);
  const handlers = useMatrixPointer(layout, {
    selection,
    cross,
    onDraft: props.onDraft,
    setCross: (cell) => {
      setByKey(false);
      setCross((held) => (held?.r === cell?.r && held?.c === cell?.c ? held : cell));
    },
    onSelect: (done) => {
      anchor.current = done && { r: done.r0, c: done.c0 };
      onSelect(done);
    },
  });
  const shown = props.draft ?? selection;
  const at = cross && cross.r < rows && cross.c < columns ? cross : undefined;

  const scene = useMemo<MatrixScene | undefined>(
    () =>
      palette && { layout, palette, steps, colours: coloursOf(palette), rowShares, columnShares, rowCumulative, columnCumulative, words },
    [layout, palette, steps, coloursOf, rowShares, columnShares, rowCumulative, columnCumulative, words],
  );
  const paintBase = useMemo(() => scene && ((g: CanvasRenderingContext2D) => drawMatrix(g, scene, shown)), [scene, shown]);
  const paintOver = useMemo(
    () =>
      scene && ((g: CanvasRenderingContext2D) => drawPointer(g, scene, { cross: at, names: at && props.namesOf(at), selection: shown })),
    [scene, at, shown, props.namesOf],
  );
  useCanvas(base, { width, height, paint: paintBase });
  useCanvas(over, { width, height, paint: paintOver });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.key === 'Escape') {
      if (shown) onSelect(undefined);
      else setCross(undefined);
      return;
    }
    const from = at ?? (selection ? { r: selection.r0, c: selection.c0 } : { r: 0, c: 0 });
    if (event.key === 'Enter') return onOpen(from);
    const to = at ? movedBy(event.key, from, { rows, columns }) : movedBy(event.key, from, { rows, columns }) && from;
    if (!to) return;
    event.preventDefault();
    setByKey(true);
    setCross(to);
    if (event.shiftKey) {
      anchor.current ??= from;
      onSelect(spanned(anchor.current, to));
    } else anchor.current = undefined;
  };
  return (
    <div ref={frame} className="matrix">
      <div
        className="matrix-plot"
        role="application"
        data-alive={width > 0 || undefined}
        tabIndex={0}
        aria-label={props.label}
        aria-describedby={hintId}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          if (event.currentTarget.matches(':focus-visible') && !cross) {
            setByKey(true);
            setCross(selection ? { r: selection.r0, c: selection.c0 } : { r: 0, c: 0 });
          }
        }}
        onBlur={() => setCross(undefined)}
        onDoubleClick={() => at && onOpen(at)}
        {...handlers}
      >
        <canvas ref={base} style={{ width, height }} />
        <canvas ref={over} style={{ width, height }} />
        {at && !props.draft && width > 0 && (
          <div className="matrix-tip" style={tipPlace(layout, at)} aria-hidden="true">
            {props.tipOf(at)}
          </div>
        )}
      </div>
      <p id={hintId} className="sr-only">
        {props.keysHint}
      </p>
      <p className="sr-only" aria-live="polite">
        {at && byKey ? props.spokenOf(at) : ''}
      </p>
    </div>
  );
}

// Beside the cell, on the side with room, never over the cell itself.
function tipPlace(layout: Parameters<typeof xOf>[0], { r, c }: Cell): { left: number; top: number } {
  const right = xOf(layout, c + 1) + 14;
  const left = right + TIP_PX.width < layout.width ? right : xOf(layout, c) - 14 - TIP_PX.width;
  const below = yOf(layout, r + 1) + 14;
  const top = below + TIP_PX.height < layout.height ? below : yOf(layout, r) - 14 - TIP_PX.height;
  return { left: Math.max(4, Math.min(layout.width - TIP_PX.width - 4, left)), top: Math.max(4, top) };
}
