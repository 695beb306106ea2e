/** missing: one side has no record · duplicate: booked twice · date-cut: another accounting day · order: settled before it could be. */
export const BREAK_KINDS = ['missing', 'duplicate', 'amount', 'status', 'date-cut', 'order'] as const;
export type BreakKind = (typeof BREAK_KINDS)[number];

/** party: two parties' records of one payment differ · agent: the settlement agent's booking differs from the net position. */
export const BREAK_ORIGINS = ['party', 'agent'] as const;
export type BreakOrigin = (typeof BREAK_ORIGINS)[number];

export const BREAK_RESOLUTIONS = ['corrected', 'explained', 'compensated', 'written-off'] as const;
export type BreakResolution = (typeof BREAK_RESOLUTIONS)[number];

/** A wrong day or order is a question of clocks and cut-off; anything else is a question of money, and keeps its session from closing. */
export function keepsFromClosing(kind: BreakKind): boolean {
  return kind !== 'date-cut' && kind !== 'order';
}

export type BreakState = 'open' | 'resolved' | 'healed';

/** A break that was resolved stays so; one that agrees again without anybody's doing is healed. */
export function breakState({ resolvedAt, healedAt }: { readonly resolvedAt: Date | null; readonly healedAt: Date | null }): BreakState {
  if (resolvedAt !== null) return 'resolved';
  return healedAt === null ? 'open' : 'healed';
}
