import { outward, type TraceIndex } from './trace-index';

/** A way from a source to an account: the accounts passed, source first, and the payment between each two. */
export type TracePath = { readonly accounts: readonly string[]; readonly transactions: readonly string[] };

type Way = { readonly account: string; readonly width: bigint; readonly by: string | null; readonly before: Way | null };

/**
 * The way on which the most money can have come here: its narrowest payment carried the most of the trace's money, by the method that says
 * most. Payments on it follow one another in time. Null where no way leads here.
 */
export function widestPath({ answer, accounts }: TraceIndex, target: string): TracePath | null {
  const { direction, hops } = answer.question;
  // By number of payments: money may come round, and a later, wider way must not pretend that it came in fewer.
  const ways: Map<string, Way>[] = Array.from({ length: hops + 1 }, () => new Map());
  for (const { account, kind, amounts } of accounts.values())
    if (kind === 'source') ways[0]?.set(account, { account, width: amounts.high, by: null, before: null });
  const ordered = direction === 'forward' ? answer.edges : [...answer.edges].reverse();
  for (const edge of ordered) {
    const [near, far] = outward(edge, direction);
    if (edge.high === 0n) continue;
    for (let hop = hops; hop >= 1; hop--) {
      const before = ways[hop - 1]?.get(near);
      if (!before || passes(before, far)) continue;
      const width = narrower(before.width, edge.high);
      if (width > (ways[hop]?.get(far)?.width ?? 0n)) ways[hop]?.set(far, { account: far, width, by: edge.transaction, before });
    }
  }
  let best: Way | null = null;
  for (const layer of ways) {
    const way = layer.get(target);
    if (way && (best === null || way.width > best.width)) best = way;
  }
  return best && pathOf(best);
}

// Math.min does not take bigints.
function narrower(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}

function passes(way: Way, account: string): boolean {
  for (let at: Way | null = way; at; at = at.before) if (at.account === account) return true;
  return false;
}

function pathOf(end: Way): TracePath {
  const accounts: string[] = [];
  const transactions: string[] = [];
  for (let at: Way | null = end; at; at = at.before) {
    accounts.unshift(at.account);
    if (at.by !== null) transactions.unshift(at.by);
  }
  return { accounts, transactions };
}
