/** What a concentration can be asked of. */
export const CONCENTRATED = ['payers', 'payees', 'corridors'] as const;
export type Concentrated = (typeof CONCENTRATED)[number];

export type Shareholder = {
  /** Set where the share is a payer's or a corridor's. */
  readonly payerId?: number;
  readonly payeeId?: number;
  readonly minor: bigint;
  readonly payments: bigint;
};

type Corridor = { readonly payerId: number; readonly payeeId: number; readonly amountMinor: bigint; readonly payments: bigint };

/** What each payer, payee or corridor holds of all that was cleared, largest first; together they are the whole. */
export function shareholders(corridors: readonly Corridor[], of: Concentrated): readonly Shareholder[] {
  const held = new Map<string, Shareholder>();
  for (const { payerId, payeeId, amountMinor, payments } of corridors) {
    const who = of === 'payers' ? { payerId } : of === 'payees' ? { payeeId } : { payerId, payeeId };
    const key = Object.values(who).join(' ');
    const before = held.get(key);
    held.set(key, { ...who, minor: (before?.minor ?? 0n) + amountMinor, payments: (before?.payments ?? 0n) + payments });
  }
  return [...held.values()].sort((a, b) => (a.minor > b.minor ? -1 : a.minor < b.minor ? 1 : 0));
}
