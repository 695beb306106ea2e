import { StateGlyph, type StateName } from '@/components/glyphs/state-glyph';
import type { CellState } from '@/domain/cut-over/cell-state';

/** Cells use the shapes of institutions: a cross where money still goes directly, dashes where nobody's word is there, a wash where all is well, a stroke through it on the way there. */
const SHAPES: Readonly<Record<CellState, StateName>> = { direct: 'down', unproven: 'unknown', settling: 'planned', zero: 'up' };

export function CellGlyph({ state, label }: { readonly state: CellState; readonly label?: string }) {
  return <StateGlyph state={SHAPES[state]} {...(label === undefined ? {} : { label })} />;
}
