import { ratioPpm } from '../money';

/** What one institution received and paid in one session and one currency. */
export type PositionSides = { readonly inMinor: bigint; readonly outMinor: bigint };

/** NPᵢ = Σin − Σout: what it is to receive, or to pay where negative. */
export function netOf({ inMinor, outMinor }: PositionSides): bigint {
  return inMinor - outMinor;
}

/** The working of Σ NP = 0 in one currency. */
export type SessionSums = {
  /** What all paid, which is what all received. */
  readonly grossMinor: bigint;
  readonly inMinor: bigint;
  readonly outMinor: bigint;
  /** Σ of the positive and of the negative net positions, and how many of each. */
  readonly receivingMinor: bigint;
  readonly payingMinor: bigint;
  readonly receiving: number;
  readonly paying: number;
  readonly flat: number;
  /** Σ NPᵢ: zero, or the books are wrong. */
  readonly sumMinor: bigint;
};

/** Sums positions of one session and one currency. */
export function sessionSums(positions: Iterable<PositionSides>): SessionSums {
  let [inMinor, outMinor, receivingMinor, payingMinor] = [0n, 0n, 0n, 0n];
  let [receiving, paying, flat] = [0, 0, 0];
  for (const position of positions) {
    const net = netOf(position);
    inMinor += position.inMinor;
    outMinor += position.outMinor;
    if (net > 0n) {
      receivingMinor += net;
      receiving++;
    } else if (net < 0n) {
      payingMinor += net;
      paying++;
    } else flat++;
  }
  const sumMinor = receivingMinor + payingMinor;
  return { grossMinor: outMinor, inMinor, outMinor, receivingMinor, payingMinor, receiving, paying, flat, sumMinor };
}

/** 1 − Σ max(0, −NPᵢ) ÷ gross in parts per million: how much of the money need not move. Null where nothing was paid. */
export function nettingEfficiencyPpm({ grossMinor, payingMinor }: Pick<SessionSums, 'grossMinor' | 'payingMinor'>): number | null {
  const moved = ratioPpm(-payingMinor, grossMinor);
  return moved === null ? null : 1_000_000 - moved;
}
