import 'server-only';
import { type BipartiteFlows, bipartiteFlows, type SideTotal } from '@/domain/overview/bipartite-flows';
import type { TimeRange } from '@/domain/time-range';
import { pairTotals } from '@/server/queries/flows/pair-flows';
import type { Actor } from '@/server/session';
import { requireWholePlatform } from './whole-platform';

const HOUR_MS = 3_600_000;

/**
 * The `top` largest payers against the `top` largest payees of whole hours, the rest folded. Both sides and what lies between are sums of
 * the very pairs that the flow screens show, at one moment.
 */
export async function largestFlows(
  actor: Actor,
  { range, currency, top }: { range: TimeRange; currency: string; top: number },
): Promise<BipartiteFlows> {
  requireWholePlatform(actor);
  // The last hour by itself: where it is still filling, the day it ends would else be read anew with every payment.
  const lastHour = new Date(Math.max(range.to.getTime() - HOUR_MS, range.from.getTime()));
  const ended = lastHour > range.from ? { from: range.from, to: lastHour } : undefined;
  const aligned = { range, ended, open: { from: lastHour, to: range.to }, before: undefined };
  const { payers, payees, cells } = await pairTotals(actor, { aligned, currency, types: [] }, (side) => largest(side, top));
  return bipartiteFlows({ payers: totals(payers), payees: totals(payees), cells, top });
}

function totals(side: ReadonlyMap<number, bigint>): readonly SideTotal[] {
  return [...side].map(([institutionId, amountMinor]) => ({ institutionId, amountMinor }));
}

/** At least the ends that will be drawn: as many as `top`, and all that are as large as the last of them. */
function largest(side: ReadonlyMap<number, bigint>, top: number): readonly number[] {
  const amounts = [...side.values()].sort((a, b) => (a === b ? 0 : a > b ? -1 : 1));
  const last = amounts[Math.min(top, amounts.length) - 1] ?? 0n;
  return [...side].flatMap(([id, amount]) => (amount >= last ? [id] : []));
}
