import { randomOf } from '../measure/random';
import type { BoostedTrees, Tree } from './boosted-trees';

export type TrainingTable = {
  readonly width: number;
  /** Row by row. */
  readonly values: Float32Array;
  readonly labels: Uint8Array;
  readonly weights: Float32Array;
};
export type TrainingSettings = {
  readonly trees: number;
  readonly leaves: number;
  readonly rate: number;
  /** Least sum of second derivatives in a leaf, and the weight that pulls leaves to zero. */
  readonly leafWeightMin: number;
  readonly shrink: number;
  /** Shares of rows and features that each tree sees. */
  readonly rowShare: number;
  readonly featureShare: number;
  readonly seed: number;
};

const BINS = 128;

/** Gradient-boosted trees for the logistic loss, grown leaf by leaf over binned features (the histogram method). The seed makes it repeatable. */
export function trainTrees(table: TrainingTable, settings: TrainingSettings): BoostedTrees {
  const { width, labels, weights } = table;
  const rows = labels.length;
  const cuts = Array.from({ length: width }, (_, feature) => cutsOf(table, feature));
  const bins = new Uint8Array(rows * width);
  for (let row = 0; row < rows; row++)
    for (let feature = 0; feature < width; feature++)
      bins[row * width + feature] = binOf(cuts[feature] as Float32Array, table.values[row * width + feature] as number);
  let [positive, total] = [0, 0];
  for (let row = 0; row < rows; row++) {
    total += weights[row] as number;
    if (labels[row]) positive += weights[row] as number;
  }
  const base = Math.log(positive / (total - positive));
  const odds = new Float64Array(rows).fill(base);
  const gradient = new Float64Array(rows);
  const curvature = new Float64Array(rows);
  const random = randomOf(settings.seed);
  const trees: Tree[] = [];
  const order = new Int32Array(rows);
  for (let round = 0; round < settings.trees; round++) {
    for (let row = 0; row < rows; row++) {
      const share = 1 / (1 + Math.exp(-(odds[row] as number)));
      gradient[row] = ((labels[row] as number) - share) * (weights[row] as number);
      curvature[row] = Math.max(1e-9, share * (1 - share)) * (weights[row] as number);
    }
    let sampled = 0;
    for (let row = 0; row < rows; row++) if (random() < settings.rowShare) order[sampled++] = row;
    const features = Array.from({ length: width }, (_, feature) => feature).filter(() => random() < settings.featureShare);
    const tree = grow({ bins, width, cuts, gradient, curvature, order: order.subarray(0, sampled), features }, settings);
    trees.push(tree);
    for (let row = 0; row < rows; row++) odds[row] = (odds[row] as number) + answer(tree, table.values, row * width);
  }
  return { base, trees };
}

type Growth = {
  readonly bins: Uint8Array;
  readonly width: number;
  readonly cuts: readonly Float32Array[];
  readonly gradient: Float64Array;
  readonly curvature: Float64Array;
  readonly order: Int32Array;
  readonly features: readonly number[];
};
/** Sums of gradient and curvature for every bin of every feature, in pairs. */
type Histogram = Float64Array;
type Leaf = { node: number; from: number; to: number; g: number; h: number; histogram: Histogram; split: Split | undefined };
type Split = { gain: number; feature: number; bin: number };

function grow(growth: Growth, settings: TrainingSettings): Tree {
  const tree = { feature: [] as number[], threshold: [] as number[], left: [] as number[], right: [] as number[], value: [] as number[] };
  const { order, bins, width, cuts } = growth;
  const leafOf = (from: number, to: number, histogram: Histogram): Leaf => {
    const { g, h } = sumsOf(growth, from, to);
    const node = tree.feature.length;
    tree.feature.push(-1);
    tree.threshold.push(0);
    tree.left.push(-1);
    tree.right.push(-1);
    tree.value.push((settings.rate * g) / (h + settings.shrink));
    return { node, from, to, g, h, histogram, split: bestSplit(growth, { g, h, histogram }, settings) };
  };
  const open = [leafOf(0, order.length, histogramOf(growth, 0, order.length))];
  for (let leaves = 1; leaves < settings.leaves; leaves++) {
    let best = -1;
    for (const [i, leaf] of open.entries()) if (leaf.split && (best < 0 || leaf.split.gain > (open[best]?.split?.gain ?? 0))) best = i;
    const leaf = open[best];
    if (!leaf?.split) break;
    const { feature, bin } = leaf.split;
    // The rows of a leaf lie together: those that go left are moved to its front.
    let middle = leaf.from;
    for (let i = leaf.from; i < leaf.to; i++) {
      const row = order[i] as number;
      if ((bins[row * width + feature] as number) > bin) continue;
      order[i] = order[middle] as number;
      order[middle++] = row;
    }
    tree.feature[leaf.node] = feature;
    tree.threshold[leaf.node] = (cuts[feature] as Float32Array)[bin] as number;
    open.splice(best, 1);
    // Only the smaller side is counted; the other is what is left of the whole.
    const leftIsSmaller = middle - leaf.from <= leaf.to - middle;
    const smaller = leftIsSmaller ? histogramOf(growth, leaf.from, middle) : histogramOf(growth, middle, leaf.to);
    const larger = leaf.histogram;
    for (let i = 0; i < larger.length; i++) larger[i] = (larger[i] as number) - (smaller[i] as number);
    const left = leafOf(leaf.from, middle, leftIsSmaller ? smaller : larger);
    const right = leafOf(middle, leaf.to, leftIsSmaller ? larger : smaller);
    tree.left[leaf.node] = left.node;
    tree.right[leaf.node] = right.node;
    open.push(left, right);
  }
  return tree;
}

function sumsOf({ gradient, curvature, order }: Growth, from: number, to: number) {
  let [g, h] = [0, 0];
  for (let i = from; i < to; i++) {
    g += gradient[order[i] as number] as number;
    h += curvature[order[i] as number] as number;
  }
  return { g, h };
}

function histogramOf({ bins, width, gradient, curvature, order, features }: Growth, from: number, to: number): Histogram {
  const histogram = new Float64Array(features.length * BINS * 2);
  const chosen = Int32Array.from(features);
  for (let i = from; i < to; i++) {
    const row = order[i] as number;
    const [g, h] = [gradient[row] as number, curvature[row] as number];
    const start = row * width;
    for (let place = 0; place < chosen.length; place++) {
      const at = (place * BINS + (bins[start + (chosen[place] as number)] as number)) * 2;
      histogram[at] = (histogram[at] as number) + g;
      histogram[at + 1] = (histogram[at + 1] as number) + h;
    }
  }
  return histogram;
}

function bestSplit(
  { cuts, features }: Growth,
  leaf: { readonly g: number; readonly h: number; readonly histogram: Histogram },
  settings: TrainingSettings,
): Split | undefined {
  const whole = (leaf.g * leaf.g) / (leaf.h + settings.shrink);
  let best: Split | undefined;
  if (leaf.h < 2 * settings.leafWeightMin) return undefined;
  for (const [place, feature] of features.entries()) {
    const count = (cuts[feature] as Float32Array).length + 1;
    let [g, h] = [0, 0];
    for (let bin = 0; bin < count - 1; bin++) {
      const at = (place * BINS + bin) * 2;
      g += leaf.histogram[at] as number;
      h += leaf.histogram[at + 1] as number;
      if (h < settings.leafWeightMin) continue;
      const rest = leaf.h - h;
      if (rest < settings.leafWeightMin) break;
      const gain = (g * g) / (h + settings.shrink) + ((leaf.g - g) * (leaf.g - g)) / (rest + settings.shrink) - whole;
      if (gain > 1e-6 && (!best || gain > best.gain)) best = { gain, feature, bin };
    }
  }
  return best;
}

function answer(tree: Tree, values: Float32Array, start: number): number {
  let node = 0;
  for (let feature = tree.feature[0] as number; feature >= 0; feature = tree.feature[node] as number)
    node = ((values[start + feature] as number) <= (tree.threshold[node] as number) ? tree.left[node] : tree.right[node]) as number;
  return tree.value[node] as number;
}

/** Upper ends of the bins: every distinct value where there are few, quantiles where there are many. */
function cutsOf(table: TrainingTable, feature: number): Float32Array {
  const rows = table.labels.length;
  const column = new Float32Array(rows);
  for (let row = 0; row < rows; row++) column[row] = table.values[row * table.width + feature] as number;
  column.sort();
  const distinct: number[] = [];
  for (const value of column) if (distinct.length === 0 || distinct[distinct.length - 1] !== value) distinct.push(value);
  if (distinct.length <= BINS) return Float32Array.from(distinct.slice(0, -1));
  const cuts: number[] = [];
  for (let bin = 1; bin < BINS; bin++) {
    const cut = column[Math.floor((bin * rows) / BINS)] as number;
    if (cuts[cuts.length - 1] !== cut && cut !== distinct[distinct.length - 1]) cuts.push(cut);
  }
  return Float32Array.from(cuts);
}

function binOf(cuts: Float32Array, value: number): number {
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= (cuts[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}
