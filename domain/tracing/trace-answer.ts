import type { BusinessType } from '../clearing/transaction';
import type { TraceQuestion } from './trace-question';

/** The conventions by which an account that mixes money is said to spend it, in the order they are shown. */
export const TRACE_METHODS = ['fifo', 'lifo', 'proRata', 'poison'] as const;
export type TraceMethod = (typeof TRACE_METHODS)[number];

/** The methods that neither make nor lose money. Poison taints whatever it touches and is an outer bound, never part of the interval. */
export const CONSERVING_METHODS = ['fifo', 'lifo', 'proRata'] as const;
export type ConservingMethod = (typeof CONSERVING_METHODS)[number];

/** Minor units by each method. */
export type MethodAmounts = { readonly [M in TraceMethod]: bigint };
/** Minor units by each method, and the interval that FIFO, LIFO and pro-rata span. */
export type TracedAmounts = MethodAmounts & { readonly low: bigint; readonly high: bigint };

/** One account of one institution. Institution is the ledger's code; null where the ledger names none. */
export type TracedAccount = { readonly account: string; readonly institution: string | null };

/** Where the money was when the question begins (forward) or ends (backward): layer 0 of the graph. */
export type TraceSource = TracedAccount & {
  readonly currency: string;
  /** What of the asked-about money is this account's. Methods differ only where money comes back to it, or to another source. */
  readonly amount: TracedAmounts;
  /** The most of it over FIFO, LIFO and pro-rata. */
  readonly amountMinor: bigint;
  /** What the trace leaves here, and what of that is not in the account any more: as of an account that was reached. */
  readonly held: MethodAmounts;
  readonly stopped: MethodAmounts;
};

/**
 * An account that the money reached (forward) or passed before (backward). The amounts are all that arrived here, or left here towards the
 * asked-about money: money that comes round twice counts twice.
 */
export type ReachedAccount = TracedAccount &
  TracedAmounts & {
    readonly currency: string;
    /** Fewest payments between the start and here. */
    readonly layer: number;
    /** Forward: when the money first arrived, and last. Backward: when it first left, and last. Epoch milliseconds. */
    readonly firstAtMs: number;
    readonly lastAtMs: number;
    /** What the trace leaves here: still in the account, or spent in a way that is not followed. Zero for a source, which says it itself. */
    readonly held: MethodAmounts;
    /** The part of `held` that is not in the account any more, or whose way was not followed. `held` less this can still be frozen. */
    readonly stopped: MethodAmounts;
    /** Why nothing is followed through this account at all; null for an ordinary one. */
    readonly barrier: 'hub' | 'pooled' | null;
  };

/** Money that left the overseen accounts (forward), or came in from outside (backward). */
export type TraceSink = TracedAccount & TracedAmounts & { readonly currency: string; readonly layer: number };

/** Money whose origin nobody saw: the account spent more than it was seen to receive. */
export type UnknownOrigin = TracedAccount &
  TracedAmounts & {
    readonly currency: string;
    /** All that the account spent beyond what it was seen to receive, whether the trace's money or not. */
    readonly drawnMinor: bigint;
  };

/** One payment and what of the money it carried. */
export type TraceEdge = TracedAmounts & {
  readonly transaction: string;
  readonly from: string;
  readonly to: string;
  readonly atMs: number;
  readonly businessType: BusinessType;
  /** Number of this payment on the shortest way of the money it carries: 1 leaves (backward: enters) a source. */
  readonly hop: number;
  /** The whole payment. */
  readonly amountMinor: bigint;
};

export const PRUNE_REASONS = ['hub', 'pooled', 'window', 'wait', 'min-amount', 'business-type', 'hops', 'cap'] as const;
export type PruneReason = (typeof PRUNE_REASONS)[number];

/** What was not followed, and why: one entry an account and reason. The amounts are what of the money rests here for that reason. */
export type PrunedTrace = TracedAccount &
  MethodAmounts & {
    readonly reason: PruneReason;
    readonly layer: number;
    /** Payments that were not followed; for `hub` and `cap` what was counted, which may be a lower bound. */
    readonly payments: number;
    /** The limit that was met: degree, hops, milliseconds, minor units or rows; null where the reason has none. */
    readonly limit: string | null;
  };

/** source = held + exited + unknown. A difference other than zero is a fault of the engine and is never hidden. */
export type Conservation = {
  /** The money that was asked about. */
  readonly source: bigint;
  /** Left in accounts (forward); traced back to where the trace stops (backward). */
  readonly held: bigint;
  /** Gone outside (forward); come from outside (backward). */
  readonly exited: bigint;
  /** Of unknown origin (backward); nothing forward. */
  readonly unknown: bigint;
  readonly difference: bigint;
};

export type TraceAnswer = {
  readonly question: TraceQuestion;
  /** The state of the accounts that amounts describe: the window's end, or the last payment that was replayed; null: none was. */
  readonly asOfMs: number | null;
  readonly sources: readonly TraceSource[];
  /** By layer, then by the most money, then by name. */
  readonly reached: readonly ReachedAccount[];
  readonly unknownOrigin: readonly UnknownOrigin[];
  readonly sinks: readonly TraceSink[];
  /** In the order of the payments. */
  readonly edges: readonly TraceEdge[];
  readonly pruned: readonly PrunedTrace[];
  readonly conservation: { readonly [M in ConservingMethod]: Conservation };
  /** Payments that were replayed to give this answer. */
  readonly replayed: number;
};
