import { randomOf } from './random';

/** Rows by falling score: what every measure of a ranking starts from. */
export type Ranking = {
  readonly scores: Float64Array;
  readonly planted: Uint8Array;
};

export function ranked(scores: ArrayLike<number>, planted: ArrayLike<number>): Ranking {
  const order = Array.from({ length: scores.length }, (_, row) => row).sort((a, b) => (scores[b] as number) - (scores[a] as number));
  return {
    scores: Float64Array.from(order, (row) => scores[row] as number),
    planted: Uint8Array.from(order, (row) => planted[row] as number),
  };
}

/**
 * Area under precision over recall as average precision (Davis & Goadrich 2006: no straight lines between points). Rows of one score count
 * together, so that their order cannot matter. Weights count rows several times; null where nothing is planted.
 */
export function averagePrecision({ scores, planted }: Ranking, weights?: ArrayLike<number>): number | null {
  let [seen, found, area, all] = [0, 0, 0, 0];
  for (let i = 0; i < scores.length; i++) all += planted[i] ? (weights ? (weights[i] as number) : 1) : 0;
  if (all === 0) return null;
  for (let i = 0; i < scores.length; ) {
    const before = found;
    const score = scores[i];
    for (; i < scores.length && scores[i] === score; i++) {
      const weight = weights ? (weights[i] as number) : 1;
      seen += weight;
      if (planted[i]) found += weight;
    }
    if (found > before) area += ((found - before) / all) * (found / seen);
  }
  return area;
}

/** The planted share of the `k` highest rows; rows of one score at the border count by their average. */
export function precisionAt({ scores, planted }: Ranking, k: number, weights?: ArrayLike<number>): number {
  let [seen, found] = [0, 0];
  for (let i = 0; i < scores.length && seen < k; ) {
    const score = scores[i];
    let [here, hits] = [0, 0];
    for (; i < scores.length && scores[i] === score; i++) {
      const weight = weights ? (weights[i] as number) : 1;
      here += weight;
      if (planted[i]) hits += weight;
    }
    const taken = Math.min(here, k - seen);
    if (here > 0) found += (hits * taken) / here;
    seen += taken;
  }
  return seen === 0 ? 0 : found / seen;
}

export type Interval = { readonly low: number; readonly high: number };

/**
 * 95 % intervals by the bootstrap. Transactions of one pattern stand or fall together, so what is drawn anew is whole groups: each planted
 * pattern, and each ordinary transaction by itself, as often as Poisson(1) says. `groups` gives a number for each row of the ranking.
 */
export function bootstrapIntervals(
  ranking: Ranking,
  groups: Int32Array,
  measures: readonly ((ranking: Ranking, weights: Float64Array) => number | null)[],
  { rounds = 200, seed = 1 }: { readonly rounds?: number; readonly seed?: number } = {},
): readonly (Interval | null)[] {
  const random = randomOf(seed);
  const groupCount = groups.reduce((most, group) => Math.max(most, group + 1), 0);
  const drawn = new Float64Array(groupCount);
  const weights = new Float64Array(groups.length);
  const values: number[][] = measures.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (let group = 0; group < groupCount; group++) drawn[group] = poissonOfOne(random());
    for (let row = 0; row < groups.length; row++) weights[row] = drawn[groups[row] as number] as number;
    for (const [i, measure] of measures.entries()) {
      const value = measure(ranking, weights);
      if (value !== null) values[i]?.push(value);
    }
  }
  return values.map((all) => {
    if (all.length === 0) return null;
    all.sort((a, b) => a - b);
    return { low: all[Math.floor(0.025 * (all.length - 1))] as number, high: all[Math.ceil(0.975 * (all.length - 1))] as number };
  });
}

// The distribution function of Poisson(1), turned round.
const POISSON = [0.367879, 0.735759, 0.919699, 0.981012, 0.99634, 0.999406, 0.999917, 0.99999];
function poissonOfOne(unit: number): number {
  const place = POISSON.findIndex((bound) => unit < bound);
  return place < 0 ? POISSON.length : place;
}
