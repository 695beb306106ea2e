import type { Cell } from '@/domain/flows/selection';

const FAR = 10;

/** Where a key moves the crosshair on a matrix of this size; undefined for a key that does not move it. */
export function movedBy(key: string, from: Cell, { rows, columns }: { rows: number; columns: number }): Cell | undefined {
  const step: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    PageUp: [-FAR, 0],
    PageDown: [FAR, 0],
    Home: [0, -columns],
    End: [0, columns],
  };
  const by = step[key];
  if (!by) return undefined;
  const within = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));
  return { r: within(from.r + by[0], rows), c: within(from.c + by[1], columns) };
}
