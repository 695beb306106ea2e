import type { PictureAmounts, PictureEdge, PictureNode, TracePicture } from './picture';
import { type Place, SOURCE_HEIGHT, widthOf } from './place';

/** What the amounts on the canvas are: one method's, or the interval of the three that neither make nor lose money. */
export const TRACE_VIEWS = ['interval', 'fifo', 'lifo', 'proRata', 'poison'] as const;
export type TraceView = (typeof TRACE_VIEWS)[number];

/** Least and most of an amount as the view has it; equal for a single method. */
export function shownAmounts(amounts: PictureAmounts, view: TraceView): { readonly low: bigint; readonly high: bigint } {
  if (view === 'interval') return { low: BigInt(amounts.low), high: BigInt(amounts.high) };
  const minor = BigInt(amounts[view]);
  return { low: minor, high: minor };
}

export type SceneNode = {
  readonly node: PictureNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** A band of money between two nodes: `core` wide is the least, `halo` the most. */
export type SceneBand = {
  readonly id: string;
  readonly edge: PictureEdge;
  readonly path: string;
  readonly core: number;
  readonly halo: number;
  readonly low: bigint;
  readonly high: bigint;
  /** The middle of the band, where its amount is written. */
  readonly labelX: number;
  readonly labelY: number;
};

export type Scene = { readonly nodes: readonly SceneNode[]; readonly bands: readonly SceneBand[] };
export type SceneLayout = { readonly places: ReadonlyMap<string, Place>; readonly step: number; readonly nodeWidth: number };

const THINNEST = 1.2;

/** Nodes at their places and the bands between them. Bands of nothing by the view's method are left out. */
export function scene(picture: Pick<TracePicture, 'nodes' | 'edges' | 'conservation'>, layout: SceneLayout, view: TraceView): Scene {
  const nodes = picture.nodes.flatMap((node) => {
    const place = layout.places.get(node.id);
    return place ? [{ node, x: place.column * layout.step, y: place.y, width: layout.nodeWidth, height: place.height }] : [];
  });
  return { nodes, bands: bands(nodes, picture.edges, BigInt(picture.conservation.fifo.source), view) };
}

type Thick = { readonly edge: PictureEdge; readonly low: bigint; readonly high: bigint; readonly halo: number; core: number };

function bands(nodes: readonly SceneNode[], edges: readonly PictureEdge[], sourceMinor: bigint, view: TraceView): readonly SceneBand[] {
  const at = new Map(nodes.map((one) => [one.node.id, one]));
  const full = SOURCE_HEIGHT;
  const thick = edges.flatMap((edge): Thick[] => {
    const { low, high } = shownAmounts(edge.amounts, view);
    if (high === 0n || !at.has(edge.from) || !at.has(edge.to)) return [];
    const core = low === 0n ? 0 : Math.max(THINNEST, widthOf(low, sourceMinor, full));
    const most = Math.max(THINNEST, widthOf(high, sourceMinor, full));
    return [{ edge, low, high, core, halo: high > low ? Math.max(most, core + 3) : most }];
  });
  const starts = stacked(thick, at, 'from');
  const ends = stacked(thick, at, 'to');
  return thick.map((one) => {
    const [from, to] = [at.get(one.edge.from) as SceneNode, at.get(one.edge.to) as SceneNode];
    const [x0, x1] = [from.x + from.width, to.x];
    const [start, end] = [starts.get(one.edge), ends.get(one.edge)] as [Slot, Slot];
    const squeeze = Math.min(start.squeeze, end.squeeze);
    const curve = curveOf({ x0, y0: start.y, x1, y1: end.y });
    return {
      id: `${one.edge.from} ${one.edge.to}`,
      edge: one.edge,
      path: curve.path,
      core: one.core * squeeze,
      halo: one.halo * squeeze,
      low: one.low,
      high: one.high,
      labelX: curve.middleX,
      labelY: (start.y + end.y) / 2,
    };
  });
}

type Slot = { readonly y: number; readonly squeeze: number };

// Bands stand side by side on a node's edge, in the order of where they come from, and are drawn narrower where they would not fit.
function stacked(thick: readonly Thick[], at: ReadonlyMap<string, SceneNode>, end: 'from' | 'to'): ReadonlyMap<PictureEdge, Slot> {
  const other = end === 'from' ? 'to' : 'from';
  const by = new Map<string, Thick[]>();
  for (const one of thick) by.set(one.edge[end], [...(by.get(one.edge[end]) ?? []), one]);
  const slots = new Map<PictureEdge, Slot>();
  for (const [id, of] of by) {
    const node = at.get(id) as SceneNode;
    const middle = ({ edge }: Thick) => {
      const far = at.get(edge[other]) as SceneNode;
      return far.y + far.height / 2;
    };
    const total = of.reduce((sum, { halo }) => sum + halo, 0);
    const squeeze = Math.min(1, (node.height - 2) / total);
    let y = node.y + node.height / 2 - (total * squeeze) / 2;
    for (const one of [...of].sort((a, b) => middle(a) - middle(b))) {
      const width = one.halo * squeeze;
      slots.set(one.edge, { y: y + width / 2, squeeze });
      y += width;
    }
  }
  return slots;
}

const BEND = 46;

// Money that comes round goes back over the picture: its band swings out on both sides.
function curveOf({ x0, y0, x1, y1 }: { x0: number; y0: number; x1: number; y1: number }): { path: string; middleX: number } {
  const n = (value: number) => value.toFixed(1);
  if (x1 > x0) {
    const middle = (x0 + x1) / 2;
    return { path: `M${n(x0)} ${n(y0)}C${n(middle)} ${n(y0)} ${n(middle)} ${n(y1)} ${n(x1)} ${n(y1)}`, middleX: middle };
  }
  return {
    path: `M${n(x0)} ${n(y0)}C${n(x0 + BEND)} ${n(y0)} ${n(x1 - BEND)} ${n(y1)} ${n(x1)} ${n(y1)}`,
    middleX: (x0 + x1) / 2,
  };
}
