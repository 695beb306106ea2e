import 'server-only';
import type { PairFlow } from '@/domain/flows/pair-flow';
import { type BipartiteFlows, bipartiteFlows, type SideTotal } from '@/domain/overview/bipartite-flows';
import type { TimeRange } from '@/domain/time-range';
import { pairFlows } from '@/server/queries/flows/pair-flows';
import type { Actor } from '@/server/session';
import { requireWholePlatform } from './whole-platform';

/**
 * The `top` largest payers against the `top` largest payees of whole hours, the rest folded. Both sides and what lies between are sums of
 * the very pairs that the flow screens show, at one moment.
 */
export async function largestFlows(
  actor: Actor,
  { range, currency, top }: { range: TimeRange; currency: string; top: number },
): Promise<BipartiteFlows> {
  requireWholePlatform(actor);
  const aligned = { range, ended: range, open: undefined, before: undefined };
  const flows = await pairFlows(actor, { aligned, currency, types: [] });
  const payers = sideTotals(flows, 'payerId');
  const payees = sideTotals(flows, 'payeeId');
  const topPayers = largest(payers, top);
  const topPayees = largest(payees, top);
  const cells = flows
    .filter(({ payerId, payeeId }) => topPayers.has(payerId) && topPayees.has(payeeId))
    .map(({ payerId, payeeId, amount }) => ({ payerId, payeeId, amountMinor: amount }));
  return bipartiteFlows({ payers, payees, cells, top });
}

function sideTotals(flows: readonly PairFlow[], side: 'payerId' | 'payeeId'): readonly SideTotal[] {
  const totals = new Map<number, bigint>();
  for (const flow of flows) {
    if (flow.amount === 0n) continue;
    const id = flow[side];
    totals.set(id, (totals.get(id) ?? 0n) + flow.amount);
  }
  return [...totals].map(([institutionId, amountMinor]) => ({ institutionId, amountMinor }));
}

/** At least the ends that will be drawn: as many as `top`, and all that are as large as the last of them. */
function largest(sides: readonly SideTotal[], top: number): ReadonlySet<number> {
  const ranked = sides.toSorted((a, b) => (a.amountMinor === b.amountMinor ? 0 : a.amountMinor > b.amountMinor ? -1 : 1));
  const last = ranked[Math.min(top, ranked.length) - 1]?.amountMinor ?? 0n;
  return new Set(ranked.filter(({ amountMinor }) => amountMinor >= last).map(({ institutionId }) => institutionId));
}
