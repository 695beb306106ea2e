import { Graph, layout } from '@dagrejs/dagre';

export type OrderQuestion = {
  readonly nodes: readonly { readonly id: string; readonly column: number }[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly weight: number }[];
};

/**
 * The nodes of a first picture from top to bottom so that few bands cross and thick ones least of all. Columns are given: every node hangs
 * on a root by an edge as long as its column is far. Groups come last in their column, whatever leads to them.
 */
export function dagreOrder({ nodes, edges }: OrderQuestion): readonly string[] {
  const graph = new Graph({ multigraph: false });
  graph.setGraph({ rankdir: 'LR', nodesep: 14, ranksep: 60 });
  graph.setDefaultEdgeLabel(() => ({}));
  const column = new Map(nodes.map((node) => [node.id, node.column]));
  for (const { id } of nodes) graph.setNode(id, { width: 120, height: 36 });
  const fed = new Set<string>();
  for (const { from, to, weight } of edges) {
    const length = (column.get(to) ?? 0) - (column.get(from) ?? 0);
    if (length <= 0) continue;
    fed.add(to);
    graph.setEdge(from, to, { minlen: length, weight });
  }
  const unfed = nodes.filter(({ id, column: at }) => !fed.has(id) && at > 0);
  if (unfed.length > 0) {
    graph.setNode(ROOT, { width: 1, height: 1 });
    for (const { id, column: at } of nodes) if (!fed.has(id)) graph.setEdge(ROOT, id, { minlen: at + 1, weight: 1 });
  }
  layout(graph);
  const y = (id: string) => (graph.node(id) as { y?: number } | undefined)?.y ?? 0;
  const last = (id: string) => (id.includes(':') ? 1 : 0);
  return [...nodes]
    .sort((a, b) => a.column - b.column || last(a.id) - last(b.id) || y(a.id) - y(b.id) || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
}

const ROOT = '∅';
