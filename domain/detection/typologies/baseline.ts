const MOST = 255;
const FORGET_AT = 1_000_000;
/** Below so many arrivals nothing is said of what is usual. */
const ENOUGH = 2_000;

export type SavedBaseline = { readonly counts: Float64Array; readonly total: number };

/** How large a figure usually is at an arrival, over the recent past of the whole network: the newest million or so counts double what was before. */
export class Baseline {
  readonly #counts: Float64Array;
  #total: number;

  constructor(saved?: SavedBaseline) {
    this.#counts = saved ? saved.counts.slice() : new Float64Array(MOST + 1);
    this.#total = saved?.total ?? 0;
  }

  get total(): number {
    return this.#total;
  }

  learn(size: number): void {
    const bin = Math.min(MOST, Math.max(0, Math.floor(size)));
    this.#counts[bin] = (this.#counts[bin] as number) + 1;
    if (++this.#total < FORGET_AT) return;
    for (let i = 0; i <= MOST; i++) this.#counts[i] = (this.#counts[i] as number) / 2;
    this.#total /= 2;
  }

  /** The smallest size that at most this share of arrivals reaches. */
  rareFrom(share: number): number {
    if (this.#total < ENOUGH) return 0;
    let above = 0;
    for (let size = MOST; size > 0; size--) {
      above += this.#counts[size] as number;
      if (above > share * this.#total) return size + 1;
    }
    return 0;
  }

  /** The share of arrivals that reach a size. */
  shareFrom(size: number): number {
    let above = 0;
    for (let i = Math.min(MOST, Math.floor(size)); i <= MOST; i++) above += this.#counts[i] as number;
    return this.#total === 0 ? 0 : above / this.#total;
  }

  save(): SavedBaseline {
    return { counts: this.#counts.slice(), total: this.#total };
  }
}
