/** One end of a two-sided Sankey. `weight` is a share of the whole, 0 … 1. */
export type LayoutEnd = { readonly id: string; readonly weight: number };
export type LayoutBand = { readonly from: string; readonly to: string; readonly weight: number };
export type PlacedEnd = { readonly id: string; readonly y: number; readonly height: number; readonly labelY: number };
export type PlacedBand = {
  readonly from: string;
  readonly to: string;
  readonly fromY: number;
  readonly toY: number;
  readonly fromHeight: number;
  readonly toHeight: number;
};
export type SankeyLayout = {
  readonly left: readonly PlacedEnd[];
  readonly right: readonly PlacedEnd[];
  readonly bands: readonly PlacedBand[];
};

const END_MIN_PX = 3;

/**
 * Where the ends and bands of a two-sided Sankey lie in `height` pixels. Ends keep their order; none is thinner than 3 px, which the thick
 * ones pay for; labels keep `labelPx` apart and stay inside. Every number is finite whatever flows both ways, for there is no cycle.
 */
export function sankeyLayout(input: {
  readonly left: readonly LayoutEnd[];
  readonly right: readonly LayoutEnd[];
  readonly bands: readonly LayoutBand[];
  readonly height: number;
  readonly gap: number;
  readonly labelPx: number;
  /** Whether weights are shares of the height (so that two pictures may share a scale) instead of filling it. */
  readonly absolute?: boolean;
}): SankeyLayout {
  const left = place(input.left, input);
  const right = place(input.right, input);
  return { left, right, bands: placeBands(input, left, right) };
}

function place(
  ends: readonly LayoutEnd[],
  { height, gap, labelPx, absolute = false }: { height: number; gap: number; labelPx: number; absolute?: boolean },
): PlacedEnd[] {
  if (ends.length === 0) return [];
  const available = Math.max(END_MIN_PX * ends.length, height - gap * (ends.length - 1));
  const heights = heightsOf(
    ends.map((end) => end.weight),
    available,
    absolute ? 1 : undefined,
  );
  let y = 0;
  const tops = heights.map((h) => {
    const top = y;
    y += h + gap;
    return top;
  });
  const labels = spread(
    tops.map((top, i) => top + (heights[i] as number) / 2),
    { low: labelPx / 2, high: height - labelPx / 2, apart: Math.min(labelPx, height / ends.length) },
  );
  return ends.map((end, i) => ({ id: end.id, y: tops[i] as number, height: heights[i] as number, labelY: labels[i] as number }));
}

/** Heights in proportion, none below the least visible one: small ends are lifted, the rest share what remains. */
function heightsOf(weights: readonly number[], available: number, whole?: number): number[] {
  const thin = new Set<number>();
  for (;;) {
    const lifted = weights.reduce((sum, weight, i) => (thin.has(i) ? sum + weight : sum), 0);
    const rest = (whole ?? weights.reduce((sum, weight) => sum + weight, 0)) - lifted;
    const room = available - thin.size * END_MIN_PX;
    const scale = rest > 0 ? room / rest : 0;
    const fresh = weights.findIndex((weight, i) => !thin.has(i) && weight * scale < END_MIN_PX);
    if (fresh === -1) return weights.map((weight, i) => (thin.has(i) ? END_MIN_PX : weight * scale));
    weights.forEach((weight, i) => {
      if (weight * scale < END_MIN_PX) thin.add(i);
    });
  }
}

/** Moves ordered positions as little as needed so that neighbours are `apart` and all lie within low … high. */
function spread(positions: readonly number[], { low, high, apart }: { low: number; high: number; apart: number }): number[] {
  // Blocks of labels that touch move as one, to the mean of where their members would be.
  const blocks: { want: number; count: number }[] = [];
  const topOf = (block: { want: number; count: number }) =>
    Math.min(Math.max(block.want - ((block.count - 1) * apart) / 2, low), Math.max(low, high - (block.count - 1) * apart));
  for (const position of positions) {
    let block = { want: position, count: 1 };
    for (let last = blocks.at(-1); last && topOf(last) + last.count * apart > topOf(block); last = blocks.at(-1)) {
      block = { want: (last.want * last.count + block.want * block.count) / (last.count + block.count), count: last.count + block.count };
      blocks.pop();
    }
    blocks.push(block);
  }
  return blocks.flatMap((block) => Array.from({ length: block.count }, (_, i) => topOf(block) + i * apart));
}

function placeBands(
  input: { readonly left: readonly LayoutEnd[]; readonly right: readonly LayoutEnd[]; readonly bands: readonly LayoutBand[] },
  left: readonly PlacedEnd[],
  right: readonly PlacedEnd[],
): PlacedBand[] {
  const cursor = new Map<string, { y: number; perWeight: number }>();
  const open = (placed: readonly PlacedEnd[], ends: readonly LayoutEnd[]) =>
    placed.forEach((end, i) => {
      const weight = (ends[i] as LayoutEnd).weight;
      cursor.set(end.id, { y: end.y, perWeight: weight > 0 ? end.height / weight : 0 });
    });
  open(left, input.left);
  open(right, input.right);
  const rank = new Map([...left, ...right].map((end, i) => [end.id, i]));
  const order = (id: string) => rank.get(id) ?? 0;
  const sorted = [...input.bands].sort((a, b) => order(a.from) - order(b.from) || order(a.to) - order(b.to));
  return sorted.flatMap((band) => {
    const from = cursor.get(band.from);
    const to = cursor.get(band.to);
    if (!from || !to) return [];
    const placed = {
      from: band.from,
      to: band.to,
      fromY: from.y,
      toY: to.y,
      fromHeight: band.weight * from.perWeight,
      toHeight: band.weight * to.perWeight,
    };
    from.y += placed.fromHeight;
    to.y += placed.toHeight;
    return [placed];
  });
}
