import { netDebit } from './cap-use';

export type Corridor = { readonly payerId: number; readonly payeeId: number; readonly amountMinor: bigint };

export type LargestOut = {
  /** Who is taken out: the one with the largest net debit. */
  readonly institutionId: number;
  /** What it owes and would not pay. */
  readonly shortfallMinor: bigint;
  /** Gross value of its payments, in both directions, that would be unwound. */
  readonly unwoundMinor: bigint;
  /** Institutions whose position gets worse without it, worst first. */
  readonly hit: readonly { readonly institutionId: number; readonly beforeMinor: bigint; readonly afterMinor: bigint }[];
  /** Of those, the ones whose net debit would then pass their cap, and did not before. */
  readonly overCap: readonly number[];
};

/**
 * "Largest participant out": the institution with the largest net debit does not settle, everything from and to it is unwound, and the
 * others' positions are those of what remains, which again sum to zero. Null where nobody owes anything.
 */
export function largestOut(corridors: readonly Corridor[], capsMinor: ReadonlyMap<number, bigint>): LargestOut | null {
  const nets = netPositions(corridors);
  let out: { id: number; net: bigint } | null = null;
  for (const [id, net] of nets) if (net < 0n && (out === null || net < out.net || (net === out.net && id < out.id))) out = { id, net };
  if (out === null) return null;
  const { id, net } = out;
  const touches = ({ payerId, payeeId }: Corridor) => payerId === id || payeeId === id;
  const after = netPositions(corridors.filter((corridor) => !touches(corridor)));
  const hit = [...nets]
    .filter(([other, before]) => other !== id && (after.get(other) ?? 0n) < before)
    .map(([institutionId, beforeMinor]) => ({ institutionId, beforeMinor, afterMinor: after.get(institutionId) ?? 0n }))
    .sort((a, b) => {
      const [lossA, lossB] = [a.beforeMinor - a.afterMinor, b.beforeMinor - b.afterMinor];
      return lossA === lossB ? a.institutionId - b.institutionId : lossA < lossB ? 1 : -1;
    });
  const overCap = hit
    .filter(({ institutionId, beforeMinor, afterMinor }) => {
      const cap = capsMinor.get(institutionId);
      return cap !== undefined && netDebit(afterMinor) > cap && netDebit(beforeMinor) <= cap;
    })
    .map(({ institutionId }) => institutionId);
  const unwoundMinor = corridors.filter(touches).reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  return { institutionId: id, shortfallMinor: -net, unwoundMinor, hit, overCap };
}

/** Net positions of corridors; they sum to zero. */
export function netPositions(corridors: readonly Corridor[]): Map<number, bigint> {
  const nets = new Map<number, bigint>();
  for (const { payerId, payeeId, amountMinor } of corridors) {
    nets.set(payerId, (nets.get(payerId) ?? 0n) - amountMinor);
    nets.set(payeeId, (nets.get(payeeId) ?? 0n) + amountMinor);
  }
  return nets;
}
