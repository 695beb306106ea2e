import { magnitude } from '../money';
import type { TraceSnapshot } from './trace-snapshot';

type Graph = Pick<TraceSnapshot, 'nodes' | 'edges'>;

/**
 * Nodes of a kept trace from top to bottom, layer by layer: each where the money that comes to it stands on average, so that thick bands
 * cross little. The same data gives the same order, on every screen and on paper.
 */
export function snapshotOrder({ nodes, edges }: Graph): readonly string[] {
  const place = new Map<string, number>();
  const layers = [...new Set(nodes.map(({ layer }) => layer))].sort((a, b) => a - b);
  return layers.flatMap((layer) => {
    const here = nodes
      .filter((node) => node.layer === layer)
      .map((node) => ({ node, y: middle(node.id, edges, place), high: BigInt(node.amounts.high) }))
      // Groups stand last, whatever leads to them.
      .sort(
        (a, b) =>
          group(a.node.id) - group(b.node.id) ||
          a.y - b.y ||
          (a.high === b.high ? (a.node.id < b.node.id ? -1 : 1) : a.high > b.high ? -1 : 1),
      );
    for (const [at, { node }] of here.entries()) place.set(node.id, at);
    return here.map(({ node }) => node.id);
  });
}

const group = (id: string) => (id.includes(':') ? 1 : 0);

function middle(id: string, edges: Graph['edges'], place: ReadonlyMap<string, number>): number {
  let [sum, weight] = [0, 0];
  for (const { from, to, amounts } of edges) {
    const other = to === id ? place.get(from) : from === id ? place.get(to) : undefined;
    if (other === undefined) continue;
    const heavy = magnitude(BigInt(amounts.high)) + 1;
    sum += other * heavy;
    weight += heavy;
  }
  return weight === 0 ? Number.MAX_SAFE_INTEGER : sum / weight;
}
