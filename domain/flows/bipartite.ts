/** One flow between two named parties, in minor units of one currency. */
export type FlowLink = { readonly source: string; readonly target: string; readonly amountMinor: bigint };

export type FlowNode = {
  /** `A:out` or `A:in`, or the folded rest of one side. */
  readonly id: string;
  /** The party, or undefined for the folded rest. */
  readonly party: string | undefined;
  readonly side: 'out' | 'in';
  readonly members: number;
  readonly amountMinor: bigint;
};

export type Bipartite = {
  readonly nodes: readonly FlowNode[];
  /** Indices into `nodes`. */
  readonly links: readonly { readonly source: number; readonly target: number; readonly amountMinor: bigint }[];
  readonly totalMinor: bigint;
};

/**
 * The `top` largest parties a side and the rest as one, payers on the left. A party that both pays and is paid becomes two nodes, so that
 * A → B → A is no cycle: a layered picture of a cycle has no layers, and chart libraries draw it as NaN without a word.
 */
export function bipartiteFlow(links: readonly FlowLink[], top: number): Bipartite {
  const flows = links.filter((link) => link.amountMinor > 0n);
  const out = sideOf(flows, 'out', top);
  const into = sideOf(flows, 'in', top);
  const nodes = [...out.nodes, ...into.nodes];
  const amounts = new Map<string, { source: number; target: number; amountMinor: bigint }>();
  for (const flow of flows) {
    const source = out.nodeOf(flow.source);
    const target = out.nodes.length + into.nodeOf(flow.target);
    const key = `${source}>${target}`;
    amounts.set(key, { source, target, amountMinor: (amounts.get(key)?.amountMinor ?? 0n) + flow.amountMinor });
  }
  const ordered = [...amounts.values()].sort((a, b) => a.source - b.source || a.target - b.target);
  return { nodes, links: ordered, totalMinor: flows.reduce((sum, flow) => sum + flow.amountMinor, 0n) };
}

function sideOf(flows: readonly FlowLink[], side: 'out' | 'in', top: number) {
  const totals = new Map<string, bigint>();
  for (const flow of flows) {
    const party = side === 'out' ? flow.source : flow.target;
    totals.set(party, (totals.get(party) ?? 0n) + flow.amountMinor);
  }
  const ordered = [...totals].sort(([a, x], [b, y]) => (x < y ? 1 : x > y ? -1 : a < b ? -1 : 1));
  // One party left over is shown by its name: "1 other" says less in the same room.
  const kept = ordered.length <= top + 1 ? ordered.length : top;
  const nodes: FlowNode[] = ordered
    .slice(0, kept)
    .map(([party, amountMinor]) => ({ id: `${party}:${side}`, party, side, members: 1, amountMinor }));
  const rest = ordered.slice(kept);
  if (rest.length > 0) {
    const amountMinor = rest.reduce((sum, [, amount]) => sum + amount, 0n);
    nodes.push({ id: `other:${side}`, party: undefined, side, members: rest.length, amountMinor });
  }
  const places = new Map(ordered.map(([party], rank) => [party, Math.min(rank, nodes.length - 1)]));
  return { nodes, nodeOf: (party: string) => places.get(party) as number };
}
