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
  /** Where its amount is written. */
  readonly labelX: number;
  readonly labelY: number;
  /** It leads back to an earlier column: money that comes round. */
  readonly back: boolean;
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

type Side = 'left' | 'right';
type Thick = {
  readonly edge: PictureEdge;
  readonly low: bigint;
  readonly high: bigint;
  readonly core: number;
  readonly halo: number;
  /** Where it leaves its first node and enters its last. */
  readonly leaves: Side;
  readonly enters: Side;
};

function bands(nodes: readonly SceneNode[], edges: readonly PictureEdge[], sourceMinor: bigint, view: TraceView): readonly SceneBand[] {
  const at = new Map(nodes.map((one) => [one.node.id, one]));
  const thick = edges.flatMap((edge): Thick[] => {
    const [from, to] = [at.get(edge.from), at.get(edge.to)];
    const { low, high } = shownAmounts(edge.amounts, view);
    if (high === 0n || !from || !to) return [];
    const core = low === 0n ? 0 : Math.max(THINNEST, widthOf(low, sourceMinor, SOURCE_HEIGHT));
    const most = Math.max(THINNEST, widthOf(high, sourceMinor, SOURCE_HEIGHT));
    // Money that comes round goes back between the columns, and within a column round its right side, so that it crosses no node.
    const leaves = to.x < from.x ? 'left' : 'right';
    const enters = to.x > from.x ? 'left' : 'right';
    return [{ edge, low, high, core, halo: high > low ? Math.max(most, core + 3) : most, leaves, enters }];
  });
  const slots = stacked(thick, at);
  return thick.map((one) => {
    const [from, to] = [at.get(one.edge.from) as SceneNode, at.get(one.edge.to) as SceneNode];
    const [start, end] = [slots.starts.get(one.edge), slots.ends.get(one.edge)] as [Slot, Slot];
    const squeeze = Math.min(start.squeeze, end.squeeze);
    const x0 = one.leaves === 'right' ? from.x + from.width : from.x;
    const x1 = one.enters === 'right' ? to.x + to.width : to.x;
    const curve = curveOf({ x0, y0: start.y, x1, y1: end.y });
    return {
      id: `${one.edge.from} ${one.edge.to}`,
      edge: one.edge,
      path: curve.path,
      core: one.core * squeeze,
      halo: one.halo * squeeze,
      low: one.low,
      high: one.high,
      labelX: curve.labelX,
      labelY: start.y + (end.y - start.y) * LABEL_DOWN,
      back: one.leaves === 'left' || one.enters === 'right',
    };
  });
}

type Slot = { readonly y: number; readonly squeeze: number };
type Ending = { readonly one: Thick; readonly far: SceneNode; readonly into: 'starts' | 'ends' };

// Bands stand side by side on a node's side, in the order of where they lead, and are drawn narrower where they would not fit.
function stacked(thick: readonly Thick[], at: ReadonlyMap<string, SceneNode>) {
  const sides = new Map<string, { node: SceneNode; endings: Ending[] }>();
  const end = (id: string, side: Side, ending: Ending) => {
    const known = sides.get(`${side} ${id}`) ?? { node: at.get(id) as SceneNode, endings: [] };
    known.endings.push(ending);
    sides.set(`${side} ${id}`, known);
  };
  for (const one of thick) {
    end(one.edge.from, one.leaves, { one, far: at.get(one.edge.to) as SceneNode, into: 'starts' });
    end(one.edge.to, one.enters, { one, far: at.get(one.edge.from) as SceneNode, into: 'ends' });
  }
  const slots = { starts: new Map<PictureEdge, Slot>(), ends: new Map<PictureEdge, Slot>() };
  for (const { node, endings } of sides.values()) {
    const total = endings.reduce((sum, { one }) => sum + one.halo, 0);
    const squeeze = Math.min(1, (node.height - 2) / total);
    let y = node.y + node.height / 2 - (total * squeeze) / 2;
    for (const { one, into } of endings.sort((a, b) => a.far.y + a.far.height / 2 - b.far.y - b.far.height / 2)) {
      const width = one.halo * squeeze;
      slots[into].set(one.edge, { y: y + width / 2, squeeze });
      y += width;
    }
  }
  return slots;
}

const BULGE = 34;
// Two thirds of the way a band is nearly level with its end, where bands that leave one node have parted.
const LABEL_ALONG = 0.66;
const LABEL_DOWN = 3 * LABEL_ALONG ** 2 - 2 * LABEL_ALONG ** 3;

function curveOf({ x0, y0, x1, y1 }: { x0: number; y0: number; x1: number; y1: number }): { path: string; labelX: number } {
  const n = (value: number) => value.toFixed(1);
  const middle = x0 === x1 ? x0 + BULGE : (x0 + x1) / 2;
  const path = `M${n(x0)} ${n(y0)}C${n(middle)} ${n(y0)} ${n(middle)} ${n(y1)} ${n(x1)} ${n(y1)}`;
  // A cubic's x: it is level in the middle, so the label's share of the way is not its share of the width.
  const [a, b] = [1 - LABEL_ALONG, LABEL_ALONG];
  return { path, labelX: a ** 3 * x0 + 3 * a * b * middle + b ** 3 * x1 };
}
