import 'server-only';
import type { AlignedRange } from '@/domain/flows/aligned-range';
import type { PairFlow } from '@/domain/flows/pair-flow';
import { pairPieces } from '@/domain/flows/pair-pieces';
import { type FlowPart, type FlowPeriod, StandingFlows } from '@/domain/flows/standing-flows';
import type { Actor } from '@/server/session';
import type { FlowFilter, FlowScope } from './flow-spans';
import { conditionsKey, pairsOfPieces } from './pair-piece-store';

/** Pairs in all sums that are kept standing: some 150 bytes each, and as much again once they are listed. The one just asked for is kept whatever its size. */
const STANDING_PAIRS_MAX = 600_000;
const STANDING_MAX = 16;

const kept = globalThis as { headwaterStandingFlows?: Map<string, StandingFlows> };

/**
 * What every institution paid every other in the range and in the span it is compared with: at any moment exactly what the roll-up rows add
 * up to, late ones included, though only those are read that have changed since somebody asked the same.
 */
export async function pairFlows(actor: Pick<Actor, 'institutionId'>, filter: FlowFilter): Promise<readonly PairFlow[]> {
  return await asked(actor, filter, (flows) => flows.flows());
}

export type PairTotals = {
  readonly payers: ReadonlyMap<number, bigint>;
  readonly payees: ReadonlyMap<number, bigint>;
  /** What the chosen payers paid the chosen payees. */
  readonly cells: readonly { readonly payerId: number; readonly payeeId: number; readonly amountMinor: bigint }[];
};

/** What each institution paid and took in within the range, and what some paid others: of the very pairs of {@link pairFlows}, without listing them. */
export async function pairTotals(
  actor: Actor,
  filter: FlowFilter,
  largest: (side: ReadonlyMap<number, bigint>) => readonly number[],
): Promise<PairTotals> {
  return await asked(actor, filter, (flows) => {
    const [payers, payees] = [flows.sides('payer'), flows.sides('payee')];
    const columns = largest(payees);
    const cells = largest(payers).flatMap((payerId) =>
      columns.map((payeeId) => ({ payerId, payeeId, amountMinor: flows.amount(payerId, payeeId) })),
    );
    return { payers, payees, cells };
  });
}

/** `read` is called without a pause after the flows have moved: nobody else's parts come between. */
async function asked<T>(actor: FlowScope, filter: FlowFilter, read: (flows: StandingFlows) => T): Promise<T> {
  const { ended, open, before } = filter.aligned;
  const periods = (Object.entries({ ended, open, before }) as [FlowPeriod, AlignedRange['ended']][]).flatMap(([period, range]) =>
    pairPieces(range).map((piece) => ({ period, piece })),
  );
  const sums = await pairsOfPieces(
    actor,
    filter,
    periods.map(({ piece }) => piece),
  );
  const parts = new Map<string, FlowPart>();
  for (const { period, piece } of periods) {
    const of = sums.get(piece.name);
    if (of) parts.set(`${period} ${piece.name}`, { period, sums: of });
  }
  const flows = standing(actor, filter);
  flows.move(parts);
  return read(flows);
}

/** One for each length of range, so that a live range that rolls on finds most of its parts in place. */
function standing(actor: FlowScope, filter: FlowFilter): StandingFlows {
  const { range, before } = filter.aligned;
  const lengthMs = range.to.getTime() - range.from.getTime();
  const backMs = before && range.from.getTime() - before.from.getTime();
  const key = `${conditionsKey(actor, filter)} ${lengthMs} ${backMs}`;
  kept.headwaterStandingFlows ??= new Map();
  const all = kept.headwaterStandingFlows;
  const flows = all.get(key) ?? new StandingFlows({ compared: before !== undefined });
  all.delete(key);
  all.set(key, flows);
  let pairs = [...all.values()].reduce((sum, { size }) => sum + size, 0);
  for (const [oldest, { size }] of all) {
    if (oldest === key || (pairs <= STANDING_PAIRS_MAX && all.size <= STANDING_MAX)) break;
    all.delete(oldest);
    pairs -= size;
  }
  return flows;
}
