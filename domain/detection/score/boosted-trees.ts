/** A tree as parallel lists, node 0 its root: `feature` −1 marks a leaf; the left child takes what is ≤ `threshold`. */
export type Tree = {
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** Mean output of the training rows below this node: leaves answer with it, inner nodes explain with it. */
  readonly value: readonly number[];
};
export type BoostedTrees = { readonly base: number; readonly trees: readonly Tree[] };

/** The log-odds of a row; {@link sigmoid} makes a share of it. */
export function logOdds(model: BoostedTrees, row: ArrayLike<number>): number {
  let sum = model.base;
  for (const tree of model.trees) {
    let node = 0;
    for (let feature = tree.feature[0] as number; feature >= 0; feature = tree.feature[node] as number)
      node = ((row[feature] as number) <= (tree.threshold[node] as number) ? tree.left[node] : tree.right[node]) as number;
    sum += tree.value[node] as number;
  }
  return sum;
}

/**
 * What each feature adds to the log-odds of a row: on the way down a tree every step changes the expected output, and that change belongs to
 * the feature that was asked (Saabas 2014). Base, roots and contributions add up to {@link logOdds}.
 */
export function contributions(model: BoostedTrees, row: ArrayLike<number>): { readonly base: number; readonly byFeature: Float64Array } {
  const byFeature = new Float64Array(row.length);
  let base = model.base;
  for (const tree of model.trees) {
    let node = 0;
    base += tree.value[0] as number;
    for (let feature = tree.feature[0] as number; feature >= 0; feature = tree.feature[node] as number) {
      const child = ((row[feature] as number) <= (tree.threshold[node] as number) ? tree.left[node] : tree.right[node]) as number;
      byFeature[feature] = (byFeature[feature] as number) + (tree.value[child] as number) - (tree.value[node] as number);
      node = child;
    }
  }
  return { base, byFeature };
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
