import type { Cell, Selection } from '@/domain/flows/selection';
import { type MatrixLayout, tickRanks, xOf, yOf } from './matrix-layout';
import type { MatrixPalette, Rgb } from './matrix-palette';

/** What stands still while the pointer moves. `steps` holds one colour index a cell in reading order, `colours` what each means. */
export type MatrixScene = {
  readonly layout: MatrixLayout;
  readonly palette: MatrixPalette;
  readonly steps: Uint8Array;
  readonly colours: readonly Rgb[];
  /** Share of the largest line, 0 to 1. */
  readonly rowShares: Float64Array;
  readonly columnShares: Float64Array;
  /** Share of the whole that the first n lines hold together, 0 to 1. */
  readonly rowCumulative: Float64Array;
  readonly columnCumulative: Float64Array;
  readonly words: {
    readonly payerTotal: string;
    readonly payeeTotal: string;
    readonly squareRoot: string;
    readonly topShare: string;
  };
};

/** Cells, marginals and rank ticks. */
export function drawMatrix(g: CanvasRenderingContext2D, scene: MatrixScene, selection: Selection | undefined): void {
  const { layout } = scene;
  g.clearRect(0, 0, layout.width, layout.height);
  drawCells(g, scene);
  drawMarginals(g, scene, selection);
  drawTicks(g, scene);
}

// One pixel a cell, enlarged without smoothing: the browser's own blit is far quicker than a rectangle a cell.
function drawCells(g: CanvasRenderingContext2D, { layout, steps, colours, palette }: MatrixScene): void {
  const { rows, columns } = layout;
  const pixels = new ImageData(columns, rows);
  const bytes = new Uint32Array(pixels.data.buffer);
  const packed = Uint32Array.from(colours, ([red, green, blue]) => ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0);
  for (let i = 0; i < steps.length; i++) bytes[i] = packed[steps[i] as number] as number;
  const small = document.createElement('canvas');
  small.width = columns;
  small.height = rows;
  small.getContext('2d')?.putImageData(pixels, 0, 0);
  g.imageSmoothingEnabled = false;
  const [x, y] = [xOf(layout, 0), yOf(layout, 0)];
  g.drawImage(small, x, y, xOf(layout, columns) - x, yOf(layout, rows) - y);
  drawSeams(g, layout, palette);
}

// Large cells are set apart by a hair of sheet; small ones would lose too much of themselves.
function drawSeams(g: CanvasRenderingContext2D, layout: MatrixLayout, palette: MatrixPalette): void {
  g.fillStyle = palette.sheet;
  const [right, bottom] = [xOf(layout, layout.columns), yOf(layout, layout.rows)];
  if (layout.plotWidth / layout.columns >= 9)
    for (let c = 1; c < layout.columns; c++) g.fillRect(xOf(layout, c) - 1, layout.top, 1, bottom - layout.top);
  if (layout.plotHeight / layout.rows >= 9)
    for (let r = 1; r < layout.rows; r++) g.fillRect(layout.left, yOf(layout, r) - 1, right - layout.left, 1);
}

// Square root, and said so: a log would flatten shares, a linear scale would leave one bar.
function drawMarginals(
  g: CanvasRenderingContext2D,
  { layout, palette, rowShares, columnShares, words }: MatrixScene,
  selection: Selection | undefined,
) {
  const right = xOf(layout, layout.columns) + 6;
  for (let r = 0; r < layout.rows; r++) {
    const y = yOf(layout, r);
    const height = yOf(layout, r + 1) - y;
    g.fillStyle = selection && r >= selection.r0 && r <= selection.r1 ? palette.out : palette.rule;
    g.fillRect(right, y, Math.max(1, Math.sqrt(rowShares[r] as number) * layout.rowBar), Math.max(1, height - (height > 2 ? 1 : 0)));
  }
  for (let c = 0; c < layout.columns; c++) {
    const x = xOf(layout, c);
    const width = xOf(layout, c + 1) - x;
    const height = Math.max(1, Math.sqrt(columnShares[c] as number) * layout.columnBar);
    g.fillStyle = selection && c >= selection.c0 && c <= selection.c1 ? palette.into : palette.rule;
    g.fillRect(x, layout.top - 6 - height, Math.max(1, width - (width > 2 ? 1 : 0)), height);
  }
  if (layout.narrow) return;
  write(g, palette, words.payerTotal, { x: right, y: layout.top - 27, colour: palette.secondary });
  write(g, palette, words.squareRoot, { x: right, y: layout.top - 12 });
  write(g, palette, words.payeeTotal, { x: right - 6, y: layout.top - 58, align: 'right', colour: palette.secondary });
}

// The order is the axis, so ticks are ranks with the share that all lines so far hold together.
function drawTicks(g: CanvasRenderingContext2D, { layout, palette, rowCumulative, columnCumulative, words }: MatrixScene): void {
  const percent = (share: number) => `${(share * 100).toFixed(share > 0.94 ? 1 : 0)}%`;
  if (!layout.narrow) write(g, palette, words.topShare, { x: 16, y: layout.top - 12, colour: palette.secondary });
  g.fillStyle = palette.rule;
  for (const rank of tickRanks(layout.rows, layout.plotHeight, 22)) {
    const y = yOf(layout, rank) - 1;
    g.fillStyle = palette.rule;
    g.fillRect(layout.left - 6, y, 5, 1);
    const textY = rank === layout.rows ? y - 5 : y;
    if (layout.narrow) write(g, palette, String(rank), { x: layout.left - 9, y: textY, align: 'right' });
    else {
      write(g, palette, String(rank), { x: 16, y: textY });
      write(g, palette, percent(rowCumulative[rank - 1] as number), {
        x: layout.left - 12,
        y: textY,
        align: 'right',
        colour: palette.secondary,
      });
    }
  }
  const bottom = yOf(layout, layout.rows);
  for (const rank of tickRanks(layout.columns, layout.plotWidth, 74)) {
    const x = xOf(layout, rank) - 1;
    g.fillStyle = palette.rule;
    g.fillRect(x, bottom + 1, 1, 5);
    const last = rank === layout.columns;
    write(g, palette, `${rank} · ${percent(columnCumulative[rank - 1] as number)}`, {
      x: last ? x + 2 : x,
      y: bottom + 16,
      align: last ? 'right' : 'center',
    });
  }
}

/** What follows pointer and keys: crosshair with names, brush with handles. */
export function drawPointer(
  g: CanvasRenderingContext2D,
  { layout, palette }: Pick<MatrixScene, 'layout' | 'palette'>,
  {
    cross,
    names,
    selection,
  }: { cross: Cell | undefined; names: { payer: string; payee: string } | undefined; selection: Selection | undefined },
): void {
  g.clearRect(0, 0, layout.width, layout.height);
  if (selection) drawBrush(g, layout, palette, selection);
  if (!cross || !names) return;
  const x = (xOf(layout, cross.c) + xOf(layout, cross.c + 1)) / 2;
  const y = (yOf(layout, cross.r) + yOf(layout, cross.r + 1)) / 2;
  g.save();
  g.globalAlpha = 0.85;
  g.strokeStyle = palette.text;
  g.lineWidth = 1;
  g.setLineDash([1, 2]);
  line(g, x, layout.top - (layout.narrow ? 36 : 46), x, yOf(layout, layout.rows));
  line(g, layout.left, y, xOf(layout, layout.columns) + 6, y);
  g.restore();
  const [cx, cy] = [xOf(layout, cross.c), yOf(layout, cross.r)];
  g.strokeStyle = palette.text;
  g.lineWidth = 1.5;
  g.strokeRect(cx - 1, cy - 1, Math.max(4, xOf(layout, cross.c + 1) - cx + 2), Math.max(4, yOf(layout, cross.r + 1) - cy + 2));
  inkLabel(g, palette, names.payer, { x: layout.left - 4, y, align: 'right', low: 2, high: layout.width - 2 });
  inkLabel(g, palette, names.payee, { x, y: layout.top - (layout.narrow ? 48 : 58), align: 'center', low: 2, high: layout.width - 2 });
}

// Ink with a halo of sheet, so that it shows on any depth.
function drawBrush(g: CanvasRenderingContext2D, layout: MatrixLayout, palette: MatrixPalette, { r0, r1, c0, c1 }: Selection): void {
  const x = xOf(layout, c0) - 1.5;
  const y = yOf(layout, r0) - 1.5;
  const width = xOf(layout, c1 + 1) - x + 1.5;
  const height = yOf(layout, r1 + 1) - y + 1.5;
  g.strokeStyle = palette.sheet;
  g.lineWidth = 4;
  g.strokeRect(x, y, width, height);
  g.strokeStyle = palette.text;
  g.lineWidth = 1.5;
  g.strokeRect(x, y, width, height);
  for (const [hx, hy] of [
    [x, y],
    [x + width, y],
    [x, y + height],
    [x + width, y + height],
  ] as const) {
    g.fillStyle = palette.sheet;
    g.fillRect(hx - 3, hy - 3, 6, 6);
    g.strokeRect(hx - 3, hy - 3, 6, 6);
  }
}

function inkLabel(
  g: CanvasRenderingContext2D,
  palette: MatrixPalette,
  text: string,
  { x, y, align, low, high }: { x: number; y: number; align: 'right' | 'center'; low: number; high: number },
): void {
  g.font = `500 12px ${palette.font}`;
  const width = g.measureText(text).width + 12;
  const wanted = align === 'right' ? x - width : x - width / 2;
  const left = Math.max(low, Math.min(high - width, wanted));
  g.fillStyle = palette.text;
  g.beginPath();
  g.roundRect(left, y - 10, width, 20, 4);
  g.fill();
  g.fillStyle = palette.sheet;
  g.textAlign = 'left';
  g.textBaseline = 'middle';
  g.fillText(text, left + 6, y + 0.5);
}

function write(
  g: CanvasRenderingContext2D,
  palette: MatrixPalette,
  text: string,
  { x, y, align = 'left', colour = palette.caption }: { x: number; y: number; align?: CanvasTextAlign; colour?: string },
): void {
  g.font = `400 12px ${palette.font}`;
  g.fillStyle = colour;
  g.textAlign = align;
  g.textBaseline = 'middle';
  g.fillText(text, x, y);
}

function line(g: CanvasRenderingContext2D, x0: number, y0: number, x1: number, y1: number): void {
  g.beginPath();
  g.moveTo(x0, y0);
  g.lineTo(x1, y1);
  g.stroke();
}
