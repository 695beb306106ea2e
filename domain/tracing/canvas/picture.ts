import type { BusinessType } from '../../clearing/transaction';
import type { ConservingMethod, PruneReason, TraceMethod } from '../trace-answer';
import type { TraceDirection } from '../trace-question';
import type { StepEffect } from './canvas';

/** Minor units by each method as decimal strings, and the interval that FIFO, LIFO and pro-rata span. */
export type PictureAmounts = Readonly<Record<TraceMethod | 'low' | 'high', string>>;
export type PictureMethods = Readonly<Record<TraceMethod, string>>;

/** Why money was not followed further from a node. `limit` as in the trace's answer. */
export type PictureStop = {
  readonly reason: PruneReason;
  readonly payments: number;
  readonly limit: string | null;
  readonly amounts: PictureMethods;
};

export type PictureNode = {
  /** An account's reference, or the id of a group. */
  readonly id: string;
  readonly kind: 'source' | 'account' | 'outside' | 'rest' | 'rest-outside' | 'unknown';
  readonly layer: number;
  /** How many accounts stand in this node. */
  readonly accounts: number;
  /** Name of the single account; null for groups. */
  readonly account: string | null;
  readonly institution: string | null;
  readonly amounts: PictureAmounts;
  /** What the trace leaves here, and what of it cannot be frozen any more; null where the trace does not say. */
  readonly held: PictureMethods | null;
  readonly stopped: PictureMethods | null;
  readonly firstAtMs: number | null;
  readonly lastAtMs: number | null;
  readonly barrier: 'hub' | 'pooled' | null;
  readonly stops: readonly PictureStop[];
  /** Accounts right behind this one that are folded away. */
  readonly hiddenNext: number;
  readonly note: string | null;
  readonly pinned: 'end' | 'on-path' | null;
};

/** All payments of the trace from one node to another, in the direction of the money. */
export type PictureEdge = {
  readonly from: string;
  readonly to: string;
  readonly amounts: PictureAmounts;
  readonly payments: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  readonly pinned: boolean;
};

export type PictureSum = {
  readonly source: string;
  readonly held: string;
  readonly exited: string;
  readonly unknown: string;
  readonly difference: string;
};

/** Nodes that came at once with what their places depend on. */
export type PictureWave = {
  readonly near: string | null;
  readonly nodes: readonly { readonly id: string; readonly layer: number; readonly high: string }[];
};

/** What of the trace's money an institution could still hold back. */
export type Freezable = {
  readonly institution: string | null;
  readonly accounts: number;
  readonly amounts: PictureAmounts;
  /** When the money last arrived at one of them. */
  readonly lastAtMs: number;
};

/** Everything that the screen of a trace draws: amounts are decimal strings of minor units, times epoch milliseconds. */
export type TracePicture = {
  readonly direction: TraceDirection;
  readonly currency: string;
  readonly hops: number;
  readonly asOfMs: number | null;
  readonly replayed: number;
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  /** By layer, shown or not. */
  readonly columns: readonly { readonly layer: number; readonly accounts: number }[];
  readonly waves: readonly PictureWave[];
  /** Between nodes of the first wave, for its order. */
  readonly firstEdges: readonly { readonly from: string; readonly to: string; readonly weight: number }[];
  readonly conservation: Readonly<Record<ConservingMethod, PictureSum>>;
  readonly pruned: readonly { readonly reason: PruneReason; readonly accounts: number; readonly limit: string | null }[];
  readonly freezable: readonly Freezable[];
  readonly pins: readonly { readonly of: string; readonly nodes: readonly string[]; readonly transactions: readonly string[] }[];
  readonly effect: StepEffect;
};

/** A payment of the trace as a list of one node's payments shows it. */
export type PicturePayment = {
  readonly transaction: string;
  readonly atMs: number;
  readonly businessType: BusinessType;
  readonly inward: boolean;
  readonly other: string;
  readonly amountMinor: string;
  readonly amounts: PictureAmounts;
};
