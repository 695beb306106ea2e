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

/** A model laid out for speed: all nodes of all trees in a few flat arrays. */
export type CompiledTrees = {
  readonly base: number;
  readonly roots: Int32Array;
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly value: Float64Array;
};

export function compiledTrees({ base, trees }: BoostedTrees): CompiledTrees {
  const roots = new Int32Array(trees.length);
  let nodes = 0;
  for (const [i, tree] of trees.entries()) {
    roots[i] = nodes;
    nodes += tree.feature.length;
  }
  const flat = (pick: (tree: Tree) => readonly number[]) => trees.flatMap((tree) => [...pick(tree)]);
  const moved = (pick: (tree: Tree) => readonly number[]) =>
    trees.flatMap((tree, i) => pick(tree).map((node) => node + (roots[i] as number)));
  return {
    base,
    roots,
    feature: Int32Array.from(flat(({ feature }) => feature)),
    threshold: Float64Array.from(flat(({ threshold }) => threshold)),
    left: Int32Array.from(moved(({ left }) => left)),
    right: Int32Array.from(moved(({ right }) => right)),
    value: Float64Array.from(flat(({ value }) => value)),
  };
}

/** The same as {@link logOdds}. */
export function compiledLogOdds({ base, roots, feature, threshold, left, right, value }: CompiledTrees, row: Float32Array): number {
  let sum = base;
  for (let tree = 0; tree < roots.length; tree++) {
    let node = roots[tree] as number;
    for (let asked = feature[node] as number; asked >= 0; asked = feature[node] as number)
      node = ((row[asked] as number) <= (threshold[node] as number) ? left[node] : right[node]) as number;
    sum += value[node] as number;
  }
  return sum;
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
