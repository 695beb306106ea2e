export type GraphPayment = { readonly payer: string; readonly payee: string; readonly amountMinor: bigint; readonly atMs: number };
export type GraphNode = {
  readonly id: string;
  readonly layer: number;
  /** Place within its layer, from above. */
  readonly place: number;
  /** Accounts that stand folded behind this one node; 1 is a single account. */
  readonly accounts: number;
};
export type GraphEdge = {
  readonly from: string;
  readonly to: string;
  readonly amountMinor: string;
  readonly payments: number;
  /** It runs against the order of layers: money that comes back. */
  readonly isBack: boolean;
};
export type AlertGraph = {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly layers: number;
  readonly accounts: number;
};

/** So many accounts of one layer are drawn; the others fold into one. */
export const LAYER_MAX = 6;

/**
 * The money of an alert as layers from left to right. A layer is as far from where money sets out as its longest way in time; an edge that
 * would close a ring runs back. Beyond {@link LAYER_MAX} accounts the smallest of a layer are folded, the subject never.
 */
export function alertGraph(payments: readonly GraphPayment[], subject: string | null): AlertGraph | null {
  if (payments.length === 0) return null;
  const layerOf = layersOf(payments);
  const moved = new Map<string, bigint>();
  for (const { payer, payee, amountMinor } of payments)
    for (const account of [payer, payee]) moved.set(account, (moved.get(account) ?? 0n) + amountMinor);
  const byLayer = new Map<number, string[]>();
  for (const [account, layer] of layerOf) byLayer.set(layer, [...(byLayer.get(layer) ?? []), account]);
  const nodes: GraphNode[] = [];
  const shownAs = new Map<string, string>();
  for (const [layer, accounts] of [...byLayer].sort(([a], [b]) => a - b)) {
    const ranked = accounts.toSorted(
      (a, b) => Number(b === subject) - Number(a === subject) || Number((moved.get(b) ?? 0n) > (moved.get(a) ?? 0n)) - 0.5,
    );
    const shown = ranked.length <= LAYER_MAX ? ranked : ranked.slice(0, LAYER_MAX - 1);
    for (const [place, id] of shown.entries()) {
      nodes.push({ id, layer, place, accounts: 1 });
      shownAs.set(id, id);
    }
    const folded = ranked.slice(shown.length);
    if (folded.length === 0) continue;
    const id = `folded:${layer}`;
    nodes.push({ id, layer, place: shown.length, accounts: folded.length });
    for (const account of folded) shownAs.set(account, id);
  }
  const layers = Math.max(...layerOf.values()) + 1;
  return { nodes, edges: edgesOf(payments, shownAs, new Map(nodes.map(({ id, layer }) => [id, layer]))), layers, accounts: layerOf.size };
}

function edgesOf(
  payments: readonly GraphPayment[],
  shownAs: ReadonlyMap<string, string>,
  layers: ReadonlyMap<string, number>,
): GraphEdge[] {
  const ways = new Map<string, { from: string; to: string; amount: bigint; payments: number }>();
  for (const { payer, payee, amountMinor } of payments) {
    const [from, to] = [shownAs.get(payer) ?? payer, shownAs.get(payee) ?? payee];
    const key = `${from}>${to}`;
    const way = ways.get(key) ?? { from, to, amount: 0n, payments: 0 };
    ways.set(key, { ...way, amount: way.amount + amountMinor, payments: way.payments + 1 });
  }
  return [...ways.values()].map(({ from, to, amount, payments: count }) => ({
    from,
    to,
    amountMinor: String(amount),
    payments: count,
    isBack: (layers.get(to) ?? 0) <= (layers.get(from) ?? 0),
  }));
}

// In the order of time an account is placed when money first touches it: a payer that received nothing before begins a way, its payee
// stands one layer further. Whoever is placed already moves right only where that closes no ring.
function layersOf(payments: readonly GraphPayment[]): ReadonlyMap<string, number> {
  const layerOf = new Map<string, number>();
  const next = new Map<string, Set<string>>();
  for (const { payer, payee } of payments.toSorted((a, b) => a.atMs - b.atMs)) {
    if (!layerOf.has(payer)) layerOf.set(payer, Math.max(0, (layerOf.get(payee) ?? 1) - 1));
    const wanted = (layerOf.get(payer) as number) + 1;
    if (payer === payee || reaches(next, payee, payer)) continue;
    next.set(payer, (next.get(payer) ?? new Set()).add(payee));
    push(layerOf, next, payee, wanted);
  }
  return layerOf;
}

function push(layerOf: Map<string, number>, next: ReadonlyMap<string, ReadonlySet<string>>, account: string, least: number): void {
  if ((layerOf.get(account) ?? -1) >= least) return;
  layerOf.set(account, least);
  for (const further of next.get(account) ?? []) push(layerOf, next, further, least + 1);
}

function reaches(next: ReadonlyMap<string, ReadonlySet<string>>, from: string, to: string): boolean {
  const seen = new Set([from]);
  const waiting = [from];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at === to) return true;
    for (const further of next.get(at) ?? []) {
      if (seen.has(further)) continue;
      seen.add(further);
      waiting.push(further);
    }
  }
  return false;
}
