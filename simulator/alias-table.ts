/** Draws an index with probability proportional to its weight, in constant time (Walker's alias method, Vose's construction). */
export class AliasTable {
  readonly #keep: Float64Array;
  readonly #alias: Int32Array;

  constructor(weights: readonly number[]) {
    const n = weights.length;
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    if (n === 0 || !(total > 0)) throw new Error('an alias table needs a positive weight');
    this.#keep = new Float64Array(n).fill(1);
    this.#alias = Int32Array.from({ length: n }, (_, index) => index);
    const scaled = weights.map((weight) => (weight * n) / total);
    const small: number[] = [];
    const large: number[] = [];
    scaled.forEach((weight, index) => {
      (weight < 1 ? small : large).push(index);
    });
    while (small.length > 0 && large.length > 0) {
      const low = small.pop() as number;
      const high = large.at(-1) as number;
      this.#keep[low] = scaled[low] as number;
      this.#alias[low] = high;
      scaled[high] = (scaled[high] as number) + (scaled[low] as number) - 1;
      if ((scaled[high] as number) < 1) small.push(large.pop() as number);
    }
  }

  /** The index for a number in [0, 1). */
  draw(unit: number): number {
    const at = unit * this.#keep.length;
    const index = Math.floor(at);
    return at - index < (this.#keep[index] as number) ? index : (this.#alias[index] as number);
  }
}
