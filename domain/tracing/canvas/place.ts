import { magnitude } from '../../money';
import type { TracePicture } from './picture';

/** All in the canvas's own units; a column's x follows from its number, so that it can be as wide as the screen gives. */
export type Place = { readonly column: number; readonly y: number; readonly height: number };

export const NODE_HEIGHT = 34;
const HEIGHT_MOST = 96;
/** The source's whole amount, and the unit of every width that stands for money. */
export const SOURCE_HEIGHT = 72;
const GAP = 10;
const GAP_MOST = 44;

/** What decides where nodes go. */
export type Placed = Pick<TracePicture, 'direction' | 'waves' | 'columns'> & {
  /** The first wave from top to bottom, column by column: what crosses least. Nodes that it does not name stand last. */
  readonly firstOrder: readonly string[];
  readonly sourceMinor: bigint;
};

/**
 * Where every node stands that was ever shown. The first wave fills the columns by `firstOrder`; each later one takes what is free nearest
 * to the node it came out of, never above the first. A wave never looks at later ones, so that nothing that stands ever moves.
 */
export function places({ direction, waves, columns, firstOrder, sourceMinor }: Placed): ReadonlyMap<string, Place> {
  const last = Math.max(0, ...columns.map(({ layer }) => layer), ...waves.flatMap(({ nodes }) => nodes.map(({ layer }) => layer)));
  const column = (layer: number) => (direction === 'forward' ? layer : last - layer);
  const placed = new Map<string, Place>();
  const [first, ...later] = waves;
  for (const [id, place] of firstPlaces(first?.nodes ?? [], firstOrder, column, sourceMinor)) placed.set(id, place);
  const top = Math.min(0, ...[...placed.values()].map(({ y }) => y));
  for (const { near, nodes } of later) {
    const from = near === null ? undefined : placed.get(near);
    const sized = nodes.map(({ id, layer, high }) => ({ id, column: column(layer), height: heightOf(high, layer, sourceMinor) }));
    for (const at of new Set(sized.map((node) => node.column))) {
      const here = sized.filter((node) => node.column === at);
      const tall = here.reduce((sum, { height }) => sum + height + GAP, -GAP);
      let wanted = (from ? from.y + from.height / 2 : 0) - tall / 2;
      for (const { id, height } of here) {
        const taken = [...placed.values()].filter((place) => place.column === at);
        const y = freeY(taken, { wanted, height, top });
        placed.set(id, { column: at, y, height });
        wanted = y + height + GAP;
      }
    }
  }
  return placed;
}

/** The free y from `top` down nearest to the wanted one for something of this height, with a gap to its neighbours. */
export function freeY(
  taken: readonly Pick<Place, 'y' | 'height'>[],
  { wanted, height, top }: { readonly wanted: number; readonly height: number; readonly top: number },
): number {
  const free = (y: number) => y >= top && taken.every((other) => y + height + GAP <= other.y || other.y + other.height + GAP <= y);
  const candidates = [Math.max(top, wanted), ...taken.flatMap((other) => [other.y + other.height + GAP, other.y - GAP - height])];
  return candidates.filter(free).reduce((best, y) => (Math.abs(y - wanted) < Math.abs(best - wanted) ? y : best));
}

function firstPlaces(
  nodes: TracePicture['waves'][number]['nodes'],
  order: readonly string[],
  column: (layer: number) => number,
  sourceMinor: bigint,
): readonly (readonly [string, Place])[] {
  const rank = new Map(order.map((id, at) => [id, at]));
  const columns = new Map<number, { id: string; height: number; layer: number }[]>();
  for (const { id, layer, high } of nodes) {
    const at = column(layer);
    columns.set(at, [...(columns.get(at) ?? []), { id, layer, height: heightOf(high, layer, sourceMinor) }]);
  }
  const heights = (of: readonly { height: number }[]) => of.reduce((sum, { height }) => sum + height, 0);
  const tallest = Math.max(...[...columns.values()].map((of) => heights(of) + GAP * (of.length - 1)));
  return [...columns].flatMap(([at, of]) => {
    const sorted = [...of].sort((a, b) => (rank.get(a.id) ?? Number.MAX_SAFE_INTEGER) - (rank.get(b.id) ?? Number.MAX_SAFE_INTEGER));
    const gap = of.length < 2 ? 0 : Math.min(GAP_MOST, (tallest - heights(of)) / (of.length - 1));
    let y = -(heights(of) + gap * (of.length - 1)) / 2;
    return sorted.map(({ id, height }) => {
      const place = { column: at, y: Math.round(y), height };
      y += height + gap;
      return [id, place] as const;
    });
  });
}

function heightOf(high: string, layer: number, sourceMinor: bigint): number {
  const width = widthOf(BigInt(high), sourceMinor, SOURCE_HEIGHT);
  return Math.round(Math.min(HEIGHT_MOST, Math.max(NODE_HEIGHT, layer === 0 ? width + 2 : width + 4)));
}

/** How wide an amount is drawn when the source's is `full`. */
export function widthOf(minor: bigint, sourceMinor: bigint, full: number): number {
  return sourceMinor === 0n ? 0 : (magnitude(minor) / magnitude(sourceMinor)) * full;
}
