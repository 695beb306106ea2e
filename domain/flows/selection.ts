/** Ranks of a brushed block, from 0, both ends included. A selection follows rank: "the top five payers" stays that as data move. */
export type Selection = { readonly r0: number; readonly r1: number; readonly c0: number; readonly c1: number };
export type Cell = { readonly r: number; readonly c: number };

const TEXT = /^(\d{1,5})-(\d{1,5})\.(\d{1,5})-(\d{1,5})$/;

/** Reads `sel=3-14.5-42` (ranks from 1, as a person counts); undefined for anything else. */
export function parseSelection(text: string | null | undefined): Selection | undefined {
  const match = TEXT.exec(text ?? '');
  if (!match) return undefined;
  const [r0 = 0, r1 = 0, c0 = 0, c1 = 0] = match.slice(1).map((digits) => Number(digits) - 1);
  return r0 < 0 || c0 < 0 || r1 < r0 || c1 < c0 ? undefined : { r0, r1, c0, c1 };
}

export function formatSelection({ r0, r1, c0, c1 }: Selection): string {
  return `${r0 + 1}-${r1 + 1}.${c0 + 1}-${c1 + 1}`;
}

/** The part of a selection that lies on a matrix of this size, or undefined where none does. */
export function clampSelection(selection: Selection | undefined, size: { rows: number; columns: number }): Selection | undefined {
  if (!selection || selection.r0 >= size.rows || selection.c0 >= size.columns) return undefined;
  return { ...selection, r1: Math.min(selection.r1, size.rows - 1), c1: Math.min(selection.c1, size.columns - 1) };
}

/** The smallest block that holds both cells. */
export function spanned(a: Cell, b: Cell): Selection {
  return { r0: Math.min(a.r, b.r), r1: Math.max(a.r, b.r), c0: Math.min(a.c, b.c), c1: Math.max(a.c, b.c) };
}

export function holds(selection: Selection, { r, c }: Cell): boolean {
  return r >= selection.r0 && r <= selection.r1 && c >= selection.c0 && c <= selection.c1;
}

export function cellsOf({ r0, r1, c0, c1 }: Selection): number {
  return (r1 - r0 + 1) * (c1 - c0 + 1);
}
