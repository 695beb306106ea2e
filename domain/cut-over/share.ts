const PARTS = 1_000_000n;

/**
 * Migrated share = cleared ÷ (cleared + residual direct), in millionths, rounded down: it says 1,000,000 only where nothing is left.
 * Null where there is nothing to share out.
 */
export function migratedShare(cleared: bigint, residual: bigint): number | null {
  const all = cleared + residual;
  return all === 0n ? null : Number((cleared * PARTS) / all);
}

/** Covered ÷ used, in millionths, rounded down; null where no agreement was used. */
export function coverage({ used, covered }: { readonly used: number; readonly covered: number }): number | null {
  return used === 0 ? null : Math.floor((covered * 1_000_000) / used);
}

/** "0.987654": what a certificate writes. */
export function shareText(millionths: number | null): string | null {
  return millionths === null ? null : `${Math.floor(millionths / 1_000_000)}.${String(millionths % 1_000_000).padStart(6, '0')}`;
}
