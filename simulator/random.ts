/**
 * Random numbers by counter: the same (seed, stream, a, b) gives the same numbers on every machine, in any order of asking. This is what
 * makes any second of the simulated past repeatable without keeping it.
 */
export class Random {
  #a = 0;
  #b = 0;
  #c = 0;
  #d = 1;

  /** Starts over at a place. Re-using one object keeps the hot path free of garbage. */
  at(seed: number, stream: number, a: number, b = 0): this {
    this.#a = mix(seed ^ Math.imul(stream, 0x9e3779b1));
    this.#b = mix(a ^ this.#a ^ Math.imul((a / 0x100000000) | 0, 0x85ebca6b));
    this.#c = mix(b ^ this.#b ^ 0x51ed270b);
    this.#d = 1;
    this.#next();
    this.#next();
    this.#next();
    return this;
  }

  // sfc32: small, fast, and passes the usual batteries.
  #next(): number {
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + t;
    return t >>> 0;
  }

  /** 32 random bits as a whole number. */
  bits(): number {
    return this.#next();
  }

  /** In [0, 1). */
  unit(): number {
    return this.#next() / 0x100000000;
  }

  /** A whole number in [0, below). */
  below(below: number): number {
    return Math.floor((this.#next() / 0x100000000) * below);
  }

  /** Standard normal. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit());
  }

  /** Log-normal by its median and the standard deviation of its logarithm. */
  logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal());
  }

  /** Poisson; above a mean of 60 by its normal neighbour, which no chart can tell apart. */
  poisson(mean: number): number {
    if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    const limit = Math.exp(-mean);
    let product = this.unit();
    let count = 0;
    while (product > limit) {
      count++;
      product *= this.unit();
    }
    return count;
  }
}

/** One place in a stream as 32 bits, for decisions that need a single number. */
export function hash(seed: number, stream: number, a: number, b = 0): number {
  return mix(b ^ mix(a ^ mix(seed ^ Math.imul(stream, 0x9e3779b1))) ^ 0x2545f491) >>> 0;
}

/** Like {@link hash}, in [0, 1). */
export function unitHash(seed: number, stream: number, a: number, b = 0): number {
  return hash(seed, stream, a, b) / 0x100000000;
}

// The finaliser of MurmurHash3 with better constants (Stafford, mix 13's 32-bit kin).
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return h ^ (h >>> 15);
}
