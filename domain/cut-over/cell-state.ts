/** How far a cell has come, worst first: the order of lists, and one glyph each. */
export const CELL_STATES = ['direct', 'unproven', 'settling', 'zero'] as const;
/**
 * direct: debits without a clearing record in the last seven closed days. unproven: the bank's word is missing, incomplete, or does not
 * confirm all of clearing's records. settling: at zero, for fewer days than a certificate wants. zero: for as many or more.
 */
export type CellState = (typeof CELL_STATES)[number];

export type CellFigures = {
  readonly daysAtZero: number;
  /** Of the last seven closed days. */
  readonly recentResidual: bigint;
};

export function cellState({ daysAtZero, recentResidual }: CellFigures, minimumDays: number): CellState {
  if (daysAtZero >= minimumDays) return 'zero';
  if (daysAtZero > 0) return 'settling';
  return recentResidual > 0n ? 'direct' : 'unproven';
}

/** Debits that a bank books for one institution although another's connection carried them: so many in a window are no accident. */
export const NESTED_MINIMUM = 3n;
